import { useState } from 'react';
import {
  createHoliday,
  type Holiday,
  listHolidays,
  listPublicHolidays,
  patchHoliday,
} from '../../../src/contract/exceptions.ts';
import { optionalNumberIn, textIn } from '../../lib/form-values.ts';
import { lastDayIn } from '../../lib/last-day.ts';
import { chamberAddress } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Choices, TextField } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { chamberName } from '../chambers/chamber-words.ts';
import { useChamberSearch } from '../chambers/use-chamber-search.ts';
import { ReviewActions } from '../changes/review-actions.tsx';
import { useChange } from '../changes/use-change.tsx';
import { Form } from '../staff/form.tsx';
import { Loaded } from '../staff/loaded.tsx';

/** A new holiday, or another name, date or state of `old`. */
export function HolidayForm(props: { old: Holiday | null; onClose: () => void; onDone: () => void }) {
  const { old } = props;
  const { words, language, today } = useStaff();
  const { holidays: texts } = words;
  const { texts: kit } = useKit();
  const change = useChange({ changes: [listHolidays, listPublicHolidays], onDone: props.onDone });
  const [scope, setScope] = useState<Scope>('every');
  const [withoutChamber, setWithoutChamber] = useState(false);
  const send = async (form: FormData): Promise<void> => {
    const chamberId = scope === 'one' ? optionalNumberIn(form, 'chamberId') : null;
    // Nothing chosen must not come to mean everywhere.
    setWithoutChamber(scope === 'one' && chamberId === null);
    if (scope === 'one' && chamberId === null) return;
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
        input: { body: { ...body, chamberId } },
        done: texts.done.added,
      });
  };
  return (
    <>
      <Form
        error={change.error}
        fieldTexts={texts.errors}
        {...(withoutChamber ? { ownErrors: { chamberId: texts.errors.chamberId } } : {})}
        onSubmit={send}
      >
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
            {old ? null : (
              <Choices
                name="scope"
                legend={texts.form.chamber}
                value={scope}
                options={scopes.map((value) => ({ value, text: texts.form.scopes[value] }))}
                onChange={(value) => setScope(value === 'one' ? 'one' : 'every')}
              />
            )}
            {scope === 'one' ? <ChamberField error={errors['chamberId']} /> : null}
            <ReviewActions change={change} next={texts.form.next} onCancel={props.onClose} />
          </>
        )}
      </Form>
      {change.dialog}
    </>
  );
}

type Scope = 'every' | 'one';
const scopes = ['every', 'one'] as const satisfies readonly Scope[];

function ChamberField({ error }: { error: string | undefined }) {
  const { words, language } = useStaff();
  const { read, found, onType } = useChamberSearch();
  return (
    <Loaded read={read}>
      {() => (
        <Combobox
          name="chamberId"
          label={words.holidays.form.whichChamber}
          error={error}
          options={found.map((chamber) => ({
            value: String(chamber.id),
            text: chamberName(language, chamber),
            note: chamberAddress(language, chamber),
          }))}
          onType={onType}
        />
      )}
    </Loaded>
  );
}
