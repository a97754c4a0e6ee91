import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { type Payment, takePayment } from '../../../src/contract/payments.ts';
import { optionalIn } from '../../lib/form-values.ts';
import { formatMoney, lessMoney, type Money } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { PaymentDialog, readPayment } from './payment-dialog.tsx';
import { changedByDesk } from './steps.ts';

/** What has just changed hands; `result`: what followed from it. True of this version of the appointment. */
export type Taken = { payment: Payment; version: number; text: string; result?: string };

/** Records money that the desk has been given. */
export function TakeFee(props: {
  appointment: DeskAppointment;
  due: Money;
  kept: Money;
  open: boolean;
  onClose: () => void;
  onDone: (taken: Taken) => void;
}) {
  const { words, language } = useStaff();
  const { kit, money } = words;
  const { taking } = money;
  const { appointment, due, open, onClose } = props;
  const { id, status, deposit, patient } = appointment;
  const write = useWrite(takePayment, { changes: changedByDesk });
  const submit = async (form: FormData): Promise<void> => {
    const body = { ...readPayment(form), note: optionalIn(form, 'note') };
    const done = await write.send({ params: { id }, body });
    if (!done) return;
    const { payment, appointment: after } = done;
    const text = taking.done(formatMoney(language, payment.amount));
    const settled =
      status === 'held' && (after.status === 'confirmed' || after.status === 'pending')
        ? { result: taking[after.status] }
        : {};
    props.onDone({ payment, version: after.version, text, ...settled });
  };
  const dueText = formatMoney(language, due);
  return (
    <PaymentDialog
      title={taking.title(patient.fullName)}
      lead={
        status === 'held' && deposit
          ? taking.enough(formatMoney(language, lessMoney(deposit, props.kept)), dueText)
          : taking.due(dueText)
      }
      amount={due}
      method="cash"
      line={{ name: 'note', label: taking.note, hint: taking.noteHint, optional: kit.optional }}
      confirm={{ text: taking.confirm, look: 'primary' }}
      write={write}
      open={open}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
