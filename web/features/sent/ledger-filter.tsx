import { useState } from 'react';
import { listDesk } from '../../../src/contract/desk.ts';
import { textIn } from '../../lib/form-values.ts';
import { useWide } from '../desk/use-wide.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';

/** Conditions of the ledger, kept in the address. An appointment is named by its reference, and kept by its number. */
export function LedgerFilter() {
  const { words, call } = useStaff();
  const { sent, told, kit } = words;
  const { ledger } = sent;
  const { query, change } = useScreenQuery();
  const wide = useWide();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, setBusy] = useState(false);
  const search = async (form: FormData): Promise<void> => {
    const recipient = textIn(form, 'recipient');
    const reference = textIn(form, 'reference');
    if (recipient !== '' && recipient.length < 3) return setErrors({ recipient: ledger.recipientShort });
    setBusy(true);
    const id = reference === '' ? null : await findId(reference);
    setBusy(false);
    if (id === undefined) return setErrors({ reference: ledger.unknownReference });
    setErrors({});
    change({
      state: textIn(form, 'state'),
      kind: textIn(form, 'kind'),
      channel: textIn(form, 'channel'),
      recipient,
      reference,
      appointment: id === null ? null : String(id),
    });
  };
  const findId = async (reference: string): Promise<number | undefined> => {
    const found = await call(listDesk, { query: { reference } }).catch(() => null);
    return found?.items[0]?.id;
  };
  const choices = (texts: Readonly<Record<string, string>>) => [
    { value: '', text: ledger.any },
    ...Object.entries(texts).map(([value, text]) => ({ value, text })),
  ];
  const narrowed = conditions.some((name) => query[name]);
  const form = (
    <form
      // What the address says otherwise is another form.
      key={JSON.stringify(query)}
      aria-label={ledger.filter}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void search(new FormData(event.currentTarget));
      }}
      className="grid grid-cols-1 items-end gap-4 sm:grid-cols-2 lg:grid-cols-3"
    >
      <Select name="state" label={sent.facts.state} value={query['state']} options={choices(sent.states)} />
      <Select
        name="kind"
        label={sent.facts.kind}
        value={query['kind']}
        options={choices({ ...told.kinds, event: sent.event })}
      />
      <Select
        name="channel"
        label={sent.facts.channel}
        value={query['channel']}
        options={choices({ ...told.channels, webhook: sent.webhook })}
      />
      <TextField
        name="recipient"
        label={ledger.recipient}
        optional={kit.optional}
        value={query['recipient']}
        error={errors['recipient']}
        type="search"
        autoComplete="off"
        spellCheck={false}
      />
      <TextField
        name="reference"
        label={ledger.reference}
        optional={kit.optional}
        value={query['reference']}
        error={errors['reference']}
        type="search"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex flex-wrap gap-3">
        <Button busy={busy} pending={kit.loading}>
          {ledger.show}
        </Button>
        {narrowed ? (
          <Button
            type="button"
            look="secondary"
            onClick={() => change(Object.fromEntries(conditions.map((name) => [name, null])))}
          >
            {ledger.all}
          </Button>
        ) : null}
      </div>
    </form>
  );
  return (
    <search className="mb-6 block">
      {wide ? (
        form
      ) : (
        <details open={narrowed}>
          <summary className="link mb-2 inline-flex min-h-12 items-center">{ledger.filter}</summary>
          {form}
        </details>
      )}
    </search>
  );
}

export const conditions = ['state', 'kind', 'channel', 'recipient', 'reference', 'appointment'] as const;
