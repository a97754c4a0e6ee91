import { useState } from 'react';
import type { HourSettings } from '../../../src/contract/hours.ts';
import { digits } from '../../lib/digits.ts';
import { lengthOf } from '../../lib/week-hours.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/field.tsx';
import { NumberField, TimeField } from '../../ui/parsed-field.tsx';
import { BookingRules } from './booking-rules.tsx';
import { asNumber, type HoursFieldProps } from './hours-field-props.ts';
import { HoursSentence } from './hours-sentence.tsx';
import { QuotaFields } from './quota-fields.tsx';

/** When, how places are given and how many; below, what it comes to. */
export function HoursFields(props: HoursFieldProps & { visitMinutes: number | null }) {
  const { form: texts } = useStaff().words.hours;
  const { typed, errors, onType, visitMinutes } = props;
  const [first] = useState(props.first);
  return (
    <>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <TimeField
          name="from"
          label={texts.from}
          value={first.from}
          error={errors['from']}
          onChange={(from) => onType({ from: from ?? '' })}
        />
        <TimeField
          name="to"
          label={texts.to}
          hint={texts.toHint}
          value={first.to}
          error={errors['to']}
          onChange={(to) => onType({ to: to ?? '' })}
        />
      </div>
      <Choices
        name="mode"
        legend={texts.mode}
        value={first.mode}
        options={[
          { value: 'serial', text: texts.modes.serial },
          { value: 'timed', text: texts.modes.timed },
        ]}
        onChange={(value) => onType(value === 'serial' ? serialFrom(typed) : timedPart)}
      />
      {typed.mode === 'serial' ? (
        <SerialFields {...props} first={first} />
      ) : (
        <NumberField
          key="timed"
          name="slotMinutes"
          label={texts.slotTimed}
          hint={texts.slotTimedHint}
          unit={texts.minutes}
          value={numberText(typed.slotMinutes)}
          error={errors['slotMinutes']}
          onChange={(value) => onType({ slotMinutes: asNumber(value) })}
        />
      )}
      <HoursSentence hours={typed} visitMinutes={visitMinutes} />
      <BookingRules {...props} first={first} />
    </>
  );
}

const timedPart = { mode: 'timed', capacity: null, quotas: null, quotaReleaseMinutes: null } as const;

const serialFrom = (typed: HourSettings): Partial<HourSettings> => ({
  mode: 'serial',
  capacity: fitting(typed) ?? 20,
});

/** As many serials as the time has room for. */
function fitting(hours: HourSettings): number | null {
  const count = Math.floor(lengthOf(hours) / hours.slotMinutes);
  return Number.isInteger(count) && count >= 1 && count <= 500 ? count : null;
}

const numberText = (value: number | null): string | undefined =>
  value === null || Number.isNaN(value) ? undefined : String(value);

function SerialFields({ first, typed, errors, onType }: HoursFieldProps) {
  const { words, language } = useStaff();
  const { form: texts } = words.hours;
  // A number that is put into the field from outside begins a new field.
  const [round, setRound] = useState(0);
  const fits = fitting(typed);
  return (
    <>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <NumberField
          key="serial"
          name="slotMinutes"
          label={texts.slotSerial}
          unit={texts.minutes}
          value={numberText(typed.slotMinutes)}
          error={errors['slotMinutes']}
          onChange={(value) => onType({ slotMinutes: asNumber(value) })}
        />
        <div>
          <NumberField
            key={round}
            name="capacity"
            label={texts.capacity}
            value={numberText(typed.capacity)}
            error={errors['capacity']}
            onChange={(value) => onType({ capacity: asNumber(value) })}
          />
          {fits !== null && fits !== typed.capacity ? (
            <div className="mt-2">
              <Button
                type="button"
                look="secondary"
                size="dense"
                onClick={() => {
                  onType({ capacity: fits });
                  setRound(round + 1);
                }}
              >
                {texts.fit(digits(language, fits))}
              </Button>
            </div>
          ) : null}
        </div>
      </div>
      <QuotaFields first={first} typed={typed} errors={errors} onType={onType} />
    </>
  );
}
