import { useState } from 'react';
import { weekdayName } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { checkHours, type HoursMistake } from '../../lib/hours-check.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { clockMinutes, wallTimeOf } from '../../lib/clock-minutes.ts';
import { firstSettings } from '../../lib/week-draft.ts';
import { type DraftHours, lengthOf } from '../../lib/week-hours.ts';
import { Button } from '../../ui/button.tsx';
import { CheckChoices } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import { useKit, useWeek } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { HoursFields } from './hours-fields.tsx';
import { newKey, type ShownWeek } from './use-shown-week.ts';
import type { HourSettings } from '../../../src/contract/hours.ts';

/** New hours for a day that was pressed, or hours that are there. */
export type Editing = { weekday: number; from: string | null; hours: DraftHours | null };

export function HoursDialog(props: {
  shown: ShownWeek;
  editing: Editing;
  open: boolean;
  onPut: (changed: DraftHours[]) => void;
  onRemove: (hours: DraftHours) => void;
  onClose: () => void;
}) {
  const { words, language } = useStaff();
  const { form: texts } = words.hours;
  const kit = useKit();
  const { editing, shown } = props;
  const old = editing.hours;
  const [typed, setTyped] = useState(() => beginWith(editing, shown));
  const [days, setDays] = useState<readonly number[]>([editing.weekday]);
  const [errors, setErrors] = useState<FieldErrors>({});
  const week = useWeek();
  const put = (): void => {
    const found = Object.fromEntries(
      checkHours(typed).map((mistake) => [mistake.path, mistakeText(mistake, { language, texts })]),
    );
    const wrong = days.length === 0 ? { days: texts.errors.days, ...found } : found;
    setErrors(wrong);
    if (Object.keys(wrong).length === 0)
      props.onPut(
        days.map((weekday, index) => ({
          ...typed,
          weekday,
          ...(index === 0 && old ? { key: old.key, ...idOf(old) } : { key: newKey() }),
        })),
      );
  };
  const dayNames = week.map((day) => ({ value: String(day), text: weekdayName(language, day) }));
  return (
    <Dialog
      title={old ? texts.editTitle(weekdayName(language, old.weekday)) : texts.addTitle}
      open={props.open}
      onClose={props.onClose}
      form
    >
      <Form error={null} ownErrors={errors} onSubmit={put}>
        {(found) => (
          <>
            {old ? (
              <Select
                name="weekday"
                label={texts.day}
                value={String(old.weekday)}
                options={dayNames}
                onChange={(value) => setDays([Number(value)])}
              />
            ) : (
              <CheckChoices
                name="days"
                legend={texts.days}
                values={[String(editing.weekday)]}
                options={dayNames}
                columns
                error={found['days']}
                onChange={(values) => setDays(values.map(Number))}
              />
            )}
            <HoursFields
              first={typed}
              typed={typed}
              errors={found}
              visitMinutes={shown.visitMinutes}
              onType={(part) => setTyped((now) => ({ ...now, ...part }))}
            />
            <FormActions>
              <Button>{texts.put}</Button>
              <Button type="button" look="secondary" onClick={props.onClose}>
                {kit.texts.cancel}
              </Button>
              {old ? (
                <Button type="button" look="danger" onClick={() => props.onRemove(old)}>
                  {texts.remove}
                </Button>
              ) : null}
            </FormActions>
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** The hours themselves; new ones are as those beside them are, from the time that was pressed. */
function beginWith({ hours, from }: Editing, { week, visitMinutes }: ShownWeek): HourSettings {
  if (hours) return settingsOf(hours);
  const first = firstSettings(week.hours, visitMinutes);
  if (from === null) return first;
  return { ...first, from, to: wallTimeOf(clockMinutes(from) + lengthOf(first)) };
}

const settingsOf = ({ key: _key, id: _id, weekday: _weekday, ...settings }: DraftHours): HourSettings =>
  settings;

const idOf = ({ id }: DraftHours): { id?: number } => (id === undefined ? {} : { id });

function mistakeText(
  mistake: HoursMistake,
  { language, texts }: { language: Language; texts: StaffWords['hours']['form'] },
): string {
  switch (mistake.what) {
    case 'time':
      return texts.errors[mistake.path];
    case 'same':
      return texts.errors.same;
    case 'range':
      return texts.errors.range(digits(language, mistake.least), digits(language, mistake.most));
    case 'quotas':
      return texts.errors.quotas(digits(language, mistake.most));
    default:
      return mistake satisfies never;
  }
}
