import { useState } from 'react';
import { exportRows } from '../../../src/contract/exports.ts';
import { listWorks } from '../../../src/contract/works.ts';
import { textIn } from '../../lib/form-values.ts';
import { mistakeIn } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { FileChoices, readFileChoices } from './file-choices.tsx';

/** Asks for a file of every appointment of a period; a doctor's are their own. */
export function EveryAppointment() {
  const { words, today } = useStaff();
  const { exports } = words;
  const { every } = exports;
  const { filters } = words.figures;
  const toast = useToast();
  const [mistake, setMistake] = useState<Record<string, string>>({});
  const { send, busy, error } = useWrite(exportRows, { changes: [listWorks] });
  const submit = async (form: FormData): Promise<void> => {
    const dates = { from: textIn(form, 'from'), to: textIn(form, 'to') };
    const found = mistakeIn(dates);
    setMistake(found === null ? {} : { [found === 'from' ? 'from' : 'to']: filters.mistakes[found] });
    if (found !== null) return;
    const body = { ...dates, figure: 'booked', ...readFileChoices(form) };
    if (await send({ params: { name: 'outcomes' }, body })) toast({ text: exports.asked });
  };
  return (
    <Form error={error} ownErrors={mistake} onSubmit={submit}>
      {(errors) => (
        <>
          <p>{every.text}</p>
          <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
            <DateField
              name="from"
              label={filters.from}
              value={`${today().slice(0, 8)}01`}
              error={errors['from']}
            />
            <DateField name="to" label={filters.to} value={today()} error={errors['to']} />
          </div>
          <FileChoices />
          <FormActions>
            <Button busy={busy} pending={exports.asking}>
              {exports.make}
            </Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}
