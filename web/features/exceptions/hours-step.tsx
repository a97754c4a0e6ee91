import { useEffect, useRef, useState } from 'react';
import type { HourSettings } from '../../../src/contract/hours.ts';
import { checkHours, type HoursMistake } from '../../lib/hours-check.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { firstSettings } from '../../lib/week-draft.ts';
import { Button } from '../../ui/button.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { HoursFields } from '../schedules/hours-fields.tsx';
import { Form, FormActions } from '../staff/form.tsx';

/** One of the other hours, in place of the form that it belongs to. */
export function HoursStep(props: {
  /** Null where the doctor has none to begin with. */
  first: HourSettings | null;
  visitMinutes: number | null;
  onPut: (hours: HourSettings) => void;
  onBack: () => void;
}) {
  const { timeOff: texts } = useWords();
  const { visitMinutes } = props;
  const [typed, setTyped] = useState(() => props.first ?? firstSettings([], visitMinutes));
  const [errors, setErrors] = useState<FieldErrors>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const put = (): void => {
    const found = Object.fromEntries(
      checkHours(typed).map((mistake) => [mistake.path, mistakeText(mistake, texts.errors)]),
    );
    setErrors(found);
    if (Object.keys(found).length === 0) props.onPut(typed);
  };
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="mb-4 scroll-mt-6 text-lead">
        {texts.form.hoursStep}
      </h3>
      <Form error={null} ownErrors={errors} onSubmit={put}>
        {(found) => (
          <>
            <HoursFields
              first={typed}
              typed={typed}
              errors={found}
              visitMinutes={visitMinutes}
              onType={(part) => setTyped((now) => ({ ...now, ...part }))}
            />
            <FormActions>
              <Button>{texts.form.useHours}</Button>
              <Button type="button" look="secondary" onClick={props.onBack}>
                {texts.form.back}
              </Button>
            </FormActions>
          </>
        )}
      </Form>
    </>
  );
}

function mistakeText({ path, what }: HoursMistake, errors: StaffWords['timeOff']['errors']): string {
  const texts: Readonly<Record<string, string>> = errors;
  return (what === 'quotas' ? errors['hours.quotas'] : texts[`hours.${path}`]) ?? '';
}
