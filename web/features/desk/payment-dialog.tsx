import { useState } from 'react';
import { type PaymentMethod, paymentMethods } from '../../../src/contract/payments.ts';
import { oneOf, optionalIn, textIn } from '../../lib/form-values.ts';
import type { Money } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { MoneyField } from '../../ui/parsed-field.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';

/** Money that changes hands, in either direction: how much, by which way, and a line for the staff. */
export function PaymentDialog(props: {
  title: string;
  lead: string;
  /** Written there already. */
  amount: Money | null;
  method: PaymentMethod;
  line: { name: string; label: string; hint: string; optional?: string };
  confirm: { text: string; look: 'primary' | 'danger' };
  write: { busy: boolean; error: unknown };
  open: boolean;
  onSubmit: (form: FormData) => Promise<void>;
  onClose: () => void;
}) {
  const { kit, money } = useStaff().words;
  const { line, confirm, write } = props;
  return (
    <Dialog form title={props.title} open={props.open} onClose={props.onClose}>
      <p className="mb-4">{props.lead}</p>
      <Form error={write.error} fieldTexts={money.errors} onSubmit={props.onSubmit}>
        {(errors) => (
          <>
            <PaymentFields amount={props.amount} method={props.method} errors={errors} />
            <TextField {...line} error={errors[line.name]} draft="never" />
            <SendOrLeave
              text={confirm.text}
              look={confirm.look}
              busy={write.busy}
              pending={kit.loading}
              onLeave={props.onClose}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** What does not change hands as cash has a number of its own. */
function PaymentFields(props: { amount: Money | null; method: PaymentMethod; errors: FieldErrors }) {
  const { kit, money } = useStaff().words;
  const { amount, errors } = props;
  const [method, setMethod] = useState<string>(props.method);
  return (
    <>
      <MoneyField name="amount" label={money.amount} value={amount?.amount} error={errors['amount']} />
      <Select
        name="method"
        label={money.method}
        value={props.method}
        options={paymentMethods.map((value) => ({ value, text: money.methods[value] }))}
        onChange={setMethod}
      />
      {method === 'cash' ? null : (
        <TextField
          name="reference"
          label={money.reference}
          hint={money.referenceHint}
          optional={kit.optional}
          error={errors['reference']}
          autoComplete="off"
          spellCheck={false}
          narrow
        />
      )}
    </>
  );
}

/** What was filled in, apart from the line. */
export const readPayment = (form: FormData) => ({
  amount: textIn(form, 'amount'),
  method: oneOf(form, 'method', paymentMethods),
  reference: optionalIn(form, 'reference'),
});
