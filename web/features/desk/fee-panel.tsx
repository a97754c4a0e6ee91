import { useEffect, useRef, useState } from 'react';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { type Account, listPayments, type Payment } from '../../../src/contract/payments.ts';
import { formatShortDate } from '../../lib/dates.ts';
import { formatMoney, isSome, lessMoney, type Money } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { GiveBack } from './give-back.tsx';
import { PrintedReceipt } from './printed-receipt.tsx';
import { ReceiptList } from './receipt-list.tsx';
import { TakeFee, type Taken } from './take-fee.tsx';

/** The money of one appointment: what is due, taking it, giving it back, and every receipt. */
export function FeePanel({ appointment }: { appointment: DeskAppointment }) {
  const { words } = useStaff();
  const read = useRead(listPayments, { params: { id: appointment.id } });
  return (
    <Panel id="money" title={words.money.title}>
      <Loaded read={read} skeleton={<Skeleton rows={3} />}>
        {(account) => <Books appointment={appointment} account={account} />}
      </Loaded>
    </Panel>
  );
}

type Props = { appointment: DeskAppointment; account: Account };

function Books({ appointment, account }: Props) {
  const { words } = useStaff();
  const { money } = words;
  const [open, setOpen] = useState<'take' | 'back' | null>(null);
  const [done, setDone] = useState<Taken | null>(null);
  const [printed, setPrinted] = useState<{ payment: Payment; turn: number } | null>(null);
  const print = (payment: Payment): void => setPrinted({ payment, turn: (printed?.turn ?? 0) + 1 });
  const { paid, refunded, due } = account;
  const kept = lessMoney(paid, refunded);
  const finish = (taken: Taken): void => {
    setOpen(null);
    setDone(taken);
  };
  const offered = appointment.status === 'held' && appointment.deposit === null;
  return (
    <>
      <Standing appointment={appointment} account={account} kept={kept} />
      <Facts facts={useFacts({ appointment, account })} />
      {done && appointment.version <= done.version ? (
        <Done key={done.payment.id} taken={done} onPrint={() => print(done.payment)} />
      ) : null}
      <div className="my-4 flex flex-wrap gap-3">
        {isSome(due) && !offered ? (
          <Button type="button" onClick={() => setOpen('take')}>
            {money.take}
          </Button>
        ) : null}
        {isSome(kept) ? (
          <Button
            type="button"
            look={isSome(account.refundable) ? 'primary' : 'secondary'}
            onClick={() => setOpen('back')}
          >
            {money.giveBack}
          </Button>
        ) : null}
      </div>
      <h3 id="receipts" className="mb-1 font-semibold">
        {money.receipts}
      </h3>
      {account.items.length > 0 ? (
        <ReceiptList payments={account.items} onPrint={print} />
      ) : (
        <p className="text-quiet">{money.noReceipts}</p>
      )}
      <TakeFee
        appointment={appointment}
        due={due}
        kept={kept}
        open={open === 'take'}
        onClose={() => setOpen(null)}
        onDone={finish}
      />
      <GiveBack
        appointment={appointment}
        account={account}
        kept={kept}
        open={open === 'back'}
        onClose={() => setOpen(null)}
        onDone={finish}
      />
      {printed ? (
        <PrintedReceipt
          key={printed.turn}
          appointment={appointment}
          payment={printed.payment}
          onPrinted={() => setPrinted(null)}
        />
      ) : null}
    </>
  );
}

/** What the desk must know before anything else: that the place is lost without money, or that money is owed. */
function Standing({ appointment, account, kept }: Props & { kept: Money }) {
  const { words, language } = useStaff();
  const { money } = words;
  const { status, deposit, expiresAt } = appointment;
  const text = (): string | null => {
    if (status === 'held' && deposit === null) return money.offered;
    if (status === 'held' && deposit && expiresAt) {
      const until = `${formatShortDate(language, wallDate(expiresAt))}, ${formatTime(language, wallTime(expiresAt))}`;
      return money.held(formatMoney(language, lessMoney(deposit, kept)), until);
    }
    return isSome(account.refundable) ? money.owed(formatMoney(language, account.refundable)) : null;
  };
  const told = text();
  if (told === null) return null;
  return (
    <div className="mb-3">
      <Notice tone="waiting">{told}</Notice>
    </div>
  );
}

function useFacts({ appointment, account }: Props): Fact[] {
  const { words, language } = useStaff();
  const { money } = words;
  const { fee, deposit } = appointment;
  const { paid, refunded, due } = account;
  const says = (amount: Money) => <span className="tabular-nums">{formatMoney(language, amount)}</span>;
  const settled = isSome(fee) && !isSome(lessMoney(fee, lessMoney(paid, refunded)));
  return [
    { name: money.fee, value: says(fee) },
    ...(deposit ? [{ name: money.deposit, value: says(deposit) }] : []),
    ...(isSome(paid) ? [{ name: money.paid, value: says(paid) }] : []),
    ...(isSome(refunded) ? [{ name: money.back, value: says(refunded) }] : []),
    {
      name: money.due,
      value: settled ? (
        <Tag tone="done">{money.paidUp}</Tag>
      ) : (
        <strong className="text-lead">{says(due)}</strong>
      ),
    },
  ];
}

/** Stays where the button was that has gone with the money, and takes the focus from it. */
function Done({ taken, onPrint }: { taken: Taken; onPrint: () => void }) {
  const { money } = useStaff().words;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="mt-4">
      <Notice tone="done">
        <p>
          <strong>{taken.text}</strong>{' '}
          <span className="whitespace-nowrap">{money.receiptNumber(taken.payment.receiptNumber)}</span>
        </p>
        {taken.result ? <p>{taken.result}</p> : null}
        <div className="mt-2 mb-1">
          <Button type="button" look="secondary" onClick={onPrint}>
            {money.print}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
