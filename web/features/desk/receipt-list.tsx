import type { Payment } from '../../../src/contract/payments.ts';
import { formatShortDate } from '../../lib/dates.ts';
import { formatMoney } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';

/** Every receipt, the newest on top. */
export function ReceiptList(props: { payments: readonly Payment[]; onPrint: (payment: Payment) => void }) {
  const { words, language } = useStaff();
  const { money, desk } = words;
  return (
    <ul aria-labelledby="receipts">
      {props.payments.toReversed().map((payment) => {
        const { id, kind, amount, method, reference, receiptNumber, at, by, note } = payment;
        return (
          <li
            key={id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 border-t border-hairline py-2"
          >
            <div>
              <p>
                {kind === 'payment' ? money.paid : money.back}{' '}
                <strong className="whitespace-nowrap tabular-nums">{formatMoney(language, amount)}</strong>
              </p>
              <p className="text-note break-words">
                {[money.methods[method], reference].filter(Boolean).join(', ')}
              </p>
              <p className="text-note text-quiet">
                <span className="whitespace-nowrap">{money.receiptNumber(receiptNumber)}</span> ·{' '}
                {formatShortDate(language, wallDate(at))}, {formatTime(language, wallTime(at))},{' '}
                {desk.history.by(by.fullName)}
              </p>
              {note ? <p className="text-note break-words">{note}</p> : null}
            </div>
            <Button
              type="button"
              look="secondary"
              size="dense"
              label={money.printOf(receiptNumber)}
              onClick={() => props.onPrint(payment)}
            >
              {money.printShort}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
