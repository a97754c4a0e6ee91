import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import type { Payment } from '../../../src/contract/payments.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { formatMoney } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Facts } from '../../ui/facts.tsx';
import { whenText } from './desk-words.ts';
import { Letterhead } from './letterhead.tsx';

/** Comes out of the printer by itself and alone, and is then gone. */
export function PrintedReceipt(props: {
  appointment: DeskAppointment;
  payment: Payment;
  onPrinted: () => void;
}) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { money, fees } = words;
  const { appointment, payment, onPrinted } = props;
  const { doctor, chamber, patient, reference, visitKind } = appointment;
  const { kind, amount, method, receiptNumber, at, by } = payment;
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted);
    return () => window.removeEventListener('afterprint', onPrinted);
  }, [onPrinted]);
  useEffect(() => window.print(), []);
  return createPortal(
    <article data-print-only data-print-alone className="slip px-3 pt-3 pb-3">
      <Letterhead doctor={doctor} chamber={chamber} />
      <div className="my-3 border-y border-hairline py-3">
        <p className="font-semibold">{money.printed[kind]}</p>
        <p className="tabular-nums">{receiptNumber}</p>
        <p className="numeral text-numeral">{formatMoney(language, amount)}</p>
        <p>{[money.methods[method], payment.reference].filter(Boolean).join(', ')}</p>
      </div>
      <Facts
        facts={[
          { name: money.printed.patient, value: patient.fullName },
          {
            name: money.printed.visit,
            value: `${fees.kinds[visitKind]}, ${whenText(speaker, appointment)}`,
          },
          { name: words.desk.one.reference, value: reference },
          {
            name: money.printed.takenBy,
            value: `${by.fullName}, ${formatDateWithYear(language, wallDate(at))}, ${formatTime(language, wallTime(at))}`,
          },
        ]}
      />
      <p className="mt-3 text-note">{money.printed.keep}</p>
    </article>,
    // The screen itself is not printed.
    document.body,
  );
}
