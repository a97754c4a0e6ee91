import { listChambers } from '../../../src/contract/chambers.ts';
import {
  createHoliday,
  type Holiday,
  listHolidays,
  listPublicHolidays,
  patchHoliday,
} from '../../../src/contract/exceptions.ts';
import { optionalNumberIn, textIn } from '../../lib/form-values.ts';
import { lastDayIn } from '../../lib/last-day.ts';
import { chamberAddress, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { TextField } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { useChange } from '../changes/use-change.tsx';
import { Form, FormActions } from '../staff/form.tsx';

/** A new holiday, or another name, date or state of `old`. */
export function HolidayForm(props: { old: Holiday | null; onClose: () => void; onDone: () => void }) {
  const { old } = props;
  const { words, language, today } = useStaff();
  const { holidays: texts, changes } = words;
  const { texts: kit } = useKit();
  const change = useChange({ changes: [listHolidays, listPublicHolidays], onDone: props.onDone });
  const send = async (form: FormData): Promise<void> => {
    const body = {
      nameBn: textIn(form, 'nameBn'),
      name: textIn(form, 'name'),
      from: textIn(form, 'from'),
      until: lastDayIn(form, today()),
      tentative: textIn(form, 'tentative') === 'yes',
    };
    const name = language === 'bn' ? body.nameBn : body.name;
    if (old)
      await change.review({
        title: texts.reviews.change(name),
        route: patchHoliday,
        input: { params: { id: old.id }, body },
        done: texts.done.changed,
      });
    else
      await change.review({
        title: texts.reviews.add(name),
        route: createHoliday,
        input: { body: { ...body, chamberId: optionalNumberIn(form, 'chamberId') } },
        done: texts.done.added,
      });
  };
  return (
    <>
      <Form error={change.error} fieldTexts={texts.errors} onSubmit={send}>
        {(errors) => (
          <>
            <TextField name="nameBn" label={texts.form.nameBn} error={errors['nameBn']} value={old?.nameBn} />
            <TextField name="name" label={texts.form.name} error={errors['name']} value={old?.name} />
            <DateField name="from" label={texts.form.firstDay} error={errors['from']} value={old?.from} />
            <DateField
              name="until"
              label={texts.form.lastDay}
              optional={kit.optional}
              hint={texts.form.lastDayHint}
              error={errors['until']}
              value={old?.until === old?.from ? undefined : old?.until}
            />
            <Checkbox
              name="tentative"
              label={texts.form.tentative}
              hint={texts.form.tentativeHint}
              checked={old?.tentative ?? false}
            />
            {old ? null : <ChamberField error={errors['chamberId']} />}
            <FormActions>
              <Button busy={change.busy} pending={changes.looking}>
                {texts.form.next}
              </Button>
              <Button type="button" look="secondary" onClick={props.onClose}>
                {kit.cancel}
              </Button>
            </FormActions>
          </>
        )}
      </Form>
      {change.dialog}
    </>
  );
}

function ChamberField({ error }: { error: string | undefined }) {
  const { words, language } = useStaff();
  const { form } = words.holidays;
  const { texts: kit } = useKit();
  const read = useRead(listChambers, { query: { limit: 100 } });
  return (
    <Combobox
      // Its choices are those of its first drawing.
      key={read.dataUpdatedAt}
      name="chamberId"
      label={form.chamber}
      optional={kit.optional}
      hint={form.chamberHint}
      error={error}
      options={(read.data?.items ?? []).map((chamber) => ({
        value: String(chamber.id),
        text: localName(language, { fullName: chamber.name, nameBn: chamber.nameBn }),
        note: chamberAddress(language, chamber),
      }))}
    />
  );
}
