import { ChevronDown } from 'lucide-react';
import type { HourSettings } from '../../../src/contract/hours.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { NumberField } from '../../ui/parsed-field.tsx';
import { asNumber, type HoursFieldProps } from './hours-field-props.ts';

type Name = 'noticeMinutes' | 'horizonDays' | 'bufferBeforeMinutes' | 'bufferAfterMinutes';

/** What most leave as it is. It opens by itself when something in it is wrong. */
export function BookingRules({ first, typed, errors, onType }: HoursFieldProps) {
  const { words, language } = useStaff();
  const { form: texts } = words.hours;
  const rules: { name: Name; label: string; unit: string; hint?: string; timedOnly?: true }[] = [
    { name: 'noticeMinutes', label: texts.notice, hint: texts.noticeHint, unit: texts.minutes },
    { name: 'horizonDays', label: texts.horizon, unit: texts.daysUnit },
    { name: 'bufferBeforeMinutes', label: texts.bufferBefore, unit: texts.minutes, timedOnly: true },
    { name: 'bufferAfterMinutes', label: texts.bufferAfter, unit: texts.minutes, timedOnly: true },
  ];
  const shown = rules.filter(({ timedOnly }) => !timedOnly || typed.mode === 'timed');
  const wrong = shown.some(({ name }) => errors[name]);
  return (
    <details open={wrong || undefined} className="border-y border-hairline">
      <summary className="flex min-h-12 items-center gap-3 py-2">
        <ChevronDown aria-hidden="true" className="size-5 shrink-0" />
        <span>
          <strong>{texts.more}</strong>{' '}
          <span className="block text-note text-quiet">
            {texts.moreNow(numberOrDash(typed.noticeMinutes), numberOrDash(typed.horizonDays))}
          </span>
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-5 pt-2 pb-4">
        {shown.map(({ name, label, unit, hint }) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            hint={hint}
            unit={unit}
            value={String(first[name])}
            error={errors[name]}
            onChange={(value) => onType(partOf(name, asNumber(value)))}
          />
        ))}
      </div>
    </details>
  );

  function numberOrDash(value: number): string {
    return Number.isNaN(value) ? '–' : digits(language, value);
  }
}

const partOf = (name: Name, value: number): Partial<HourSettings> => ({ [name]: value });
