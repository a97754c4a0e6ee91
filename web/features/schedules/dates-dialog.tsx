import { useState } from 'react';
import { isDate } from '../../lib/dates.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { type Dates, sameDates } from '../../lib/week-hours.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useKit } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import type { WeekOption } from './use-shown-week.ts';

/** From when to when a week holds: a new one's, or other dates for one that is there. */
export function DatesDialog(props: {
  /** Null for a new week. */
  dates: Dates | null;
  others: readonly WeekOption[];
  open: boolean;
  onTake: (dates: Dates) => void;
  onClose: () => void;
}) {
  const { words, today } = useStaff();
  const { week: texts } = words.hours;
  const kit = useKit();
  const [errors, setErrors] = useState<FieldErrors>({});
  const { dates } = props;
  const take = (form: FormData): void => {
    const typed = {
      validFrom: textIn(form, 'validFrom') || null,
      validUntil: textIn(form, 'validUntil') || null,
    };
    const wrong = mistakesIn(typed, { today: today(), others: props.others });
    setErrors(Object.fromEntries(wrong.map(([path, what]) => [path, texts.errors[what]])));
    if (wrong.length === 0) props.onTake(typed);
  };
  return (
    <Dialog
      title={dates ? texts.changeTitle : texts.add}
      open={props.open}
      onClose={props.onClose}
      form
      narrow
    >
      {dates ? null : <p className="mb-4 text-quiet">{texts.addLead}</p>}
      <Form error={null} ownErrors={errors} onSubmit={take}>
        {(shown) => (
          <>
            <DateField
              name="validFrom"
              label={texts.first}
              value={dates?.validFrom ?? undefined}
              error={shown['validFrom']}
            />
            <DateField
              name="validUntil"
              label={texts.last}
              hint={texts.lastHint}
              optional={kit.texts.optional}
              value={dates?.validUntil ?? undefined}
              error={shown['validUntil']}
            />
            <FormActions>
              <Button>{dates ? texts.take : texts.make}</Button>
              <Button type="button" look="secondary" onClick={props.onClose}>
                {kit.texts.cancel}
              </Button>
            </FormActions>
          </>
        )}
      </Form>
    </Dialog>
  );
}

type What = 'validFrom' | 'validUntil' | 'past' | 'taken';

function mistakesIn(
  { validFrom, validUntil }: Dates,
  { today, others }: { today: string; others: readonly WeekOption[] },
): [path: 'validFrom' | 'validUntil', What][] {
  const found: ['validFrom' | 'validUntil', What][] = [];
  if (!validFrom || !isDate(validFrom)) found.push(['validFrom', 'validFrom']);
  if (validUntil !== null && (!isDate(validUntil) || validUntil < (validFrom ?? '')))
    found.push(['validUntil', 'validUntil']);
  if (found.length > 0) return found;
  if (validUntil !== null && validUntil < today) return [['validUntil', 'past']];
  if (others.some(({ dates }) => sameDates(dates, { validFrom, validUntil })))
    return [['validFrom', 'taken']];
  return [];
}
