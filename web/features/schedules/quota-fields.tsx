import { useStaff } from '../../lib/staff/context.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { useKit } from '../../ui/kit.tsx';
import { NumberField } from '../../ui/parsed-field.tsx';
import { asNumber, type HoursFieldProps } from './hours-field-props.ts';

/** How many serials each way of booking has to itself, and when what is left of them is for everybody. */
export function QuotaFields({ first, typed, errors, onType }: HoursFieldProps) {
  const { form: texts } = useStaff().words.hours;
  const kit = useKit();
  const { quotas } = typed;
  const begin = first.quotas ?? shares(typed.capacity);
  const kept = [
    ['online', texts.online],
    ['phone', texts.phone],
    ['walkIn', texts.walkIn],
  ] as const;
  return (
    <div className="grid grid-cols-1 gap-4">
      <Checkbox
        name="quotas"
        label={texts.quotas}
        hint={texts.quotasHint}
        checked={quotas !== null}
        onChange={(checked) =>
          onType(
            checked
              ? { quotas: begin, quotaReleaseMinutes: first.quotaReleaseMinutes ?? 60 }
              : { quotas: null, quotaReleaseMinutes: null },
          )
        }
      />
      {quotas ? (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
            {kept.map(([name, label]) => (
              <NumberField
                key={name}
                name={`quotas.${name}`}
                label={label}
                value={String(begin[name])}
                error={errors[`quotas.${name}`]}
                onChange={(value) => onType({ quotas: { ...quotas, [name]: asNumber(value) } })}
              />
            ))}
          </div>
          <NumberField
            name="quotaReleaseMinutes"
            label={texts.release}
            hint={texts.releaseHint}
            optional={kit.texts.optional}
            unit={texts.releaseUnit}
            value={typed.quotaReleaseMinutes === null ? undefined : String(typed.quotaReleaseMinutes)}
            error={errors['quotaReleaseMinutes']}
            onChange={(value) => onType({ quotaReleaseMinutes: value === null ? null : Number(value) })}
          />
        </>
      ) : null}
    </div>
  );
}

/** Most come online; some phone, a few walk in, and the rest is for whoever is first. */
function shares(capacity: number | null) {
  const all = capacity !== null && Number.isInteger(capacity) ? capacity : 20;
  const [phone, walkIn] = [Math.floor(all / 4), Math.floor(all / 8)];
  return { online: Math.floor(all / 2), phone, walkIn };
}
