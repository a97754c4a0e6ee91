import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { type Account, refundPayment } from '../../../src/contract/payments.ts';
import { textIn } from '../../lib/form-values.ts';
import { formatMoney, isSome, type Money } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { PaymentDialog, readPayment } from './payment-dialog.tsx';
import { changedByDesk } from './steps.ts';
import type { Taken } from './take-fee.tsx';

/** Records money that the desk gives back: what the chamber's rules say, or another amount with its reason. */
export function GiveBack(props: {
  appointment: DeskAppointment;
  account: Account;
  kept: Money;
  open: boolean;
  onClose: () => void;
  onDone: (taken: Taken) => void;
}) {
  const { words, language } = useStaff();
  const { giving } = words.money;
  const { open, onClose } = props;
  const { refundable, items } = props.account;
  const { id, patient } = props.appointment;
  const write = useWrite(refundPayment, { changes: changedByDesk });
  const submit = async (form: FormData): Promise<void> => {
    const body = { ...readPayment(form), reason: textIn(form, 'reason') };
    const done = await write.send({ params: { id }, body });
    if (!done) return;
    const { payment, appointment } = done;
    const text = giving.done(formatMoney(language, payment.amount));
    props.onDone({ payment, version: appointment.version, text });
  };
  const owed = isSome(refundable);
  const rules = owed ? giving.rules(formatMoney(language, refundable)) : giving.noRules;
  return (
    <PaymentDialog
      title={giving.title(patient.fullName)}
      lead={`${rules} ${giving.most(formatMoney(language, props.kept))}`}
      amount={owed ? refundable : null}
      // As it came, unless the desk says otherwise.
      method={items.findLast(({ kind }) => kind === 'payment')?.method ?? 'cash'}
      line={{ name: 'reason', label: giving.reason, hint: giving.reasonHint }}
      confirm={{ text: giving.confirm, look: 'danger' }}
      write={write}
      open={open}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
