import { useState } from 'react';
import { weekdayName } from '../../lib/dates.ts';
import { allIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckChoices } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useKit, useWeek } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { useHoursWords } from './hours-words.ts';
import type { ShownWeek } from './use-shown-week.ts';

/** A day's hours for other days, which lose what they have. */
export function CopyDialog(props: {
  shown: ShownWeek;
  weekday: number;
  open: boolean;
  onCopy: (to: number[]) => void;
  onClose: () => void;
}) {
  const { words, language } = useStaff();
  const { copyForm: texts, form } = words.hours;
  const kit = useKit();
  const week = useWeek();
  const [errors, setErrors] = useState<FieldErrors>({});
  const { shown, weekday } = props;
  const say = useHoursWords(shown.visitMinutes);
  const others = week
    .filter((day) => day !== weekday)
    .map((day) => {
      const name = weekdayName(language, day);
      const has = shown.week.hours.filter((hours) => hours.weekday === day).map(say.time);
      return { value: String(day), text: has.length > 0 ? texts.has(name, has.join(', ')) : name };
    });
  const copy = (typed: FormData): void => {
    const to = allIn(typed, 'days').map(Number);
    setErrors(to.length === 0 ? { days: form.errors.days } : {});
    if (to.length > 0) props.onCopy(to);
  };
  return (
    <Dialog
      title={texts.title(weekdayName(language, weekday))}
      open={props.open}
      onClose={props.onClose}
      form
      narrow
    >
      <p className="mb-4">{texts.lead}</p>
      <Form error={null} ownErrors={errors} onSubmit={copy}>
        {(found) => (
          <>
            <CheckChoices
              name="days"
              legend={texts.days}
              values={[]}
              options={others}
              error={found['days']}
            />
            <FormActions>
              <Button>{texts.put}</Button>
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
