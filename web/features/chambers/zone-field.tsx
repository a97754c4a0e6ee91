import { useWords } from '../../lib/staff/context.tsx';
import { Combobox } from '../../ui/combobox.tsx';

const homeZone = 'Asia/Dhaka';

/** Behind "abroad?", since nearly every chamber keeps the time of Dhaka. */
export function ZoneField(props: { zone?: string | undefined; error?: string | undefined }) {
  const { chambers } = useWords();
  const { zone = homeZone, error } = props;
  return (
    <details open={zone !== homeZone || Boolean(error)} className="group border-y border-hairline">
      <summary className="flex min-h-12 items-center gap-2 font-semibold text-green">
        <span aria-hidden="true" className="inline-block w-4 text-center group-open:hidden">
          +
        </span>
        <span aria-hidden="true" className="hidden w-4 text-center group-open:inline-block">
          −
        </span>
        {chambers.abroad}
      </summary>
      <div className="pb-4 sm:max-w-96">
        <Combobox
          name="timeZone"
          label={chambers.zone}
          hint={chambers.zoneHint}
          error={error}
          value={zone}
          options={zoneOptions(chambers.zones, zone)}
        />
      </div>
    </details>
  );
}

/** The zones that have a name here come first, then all that the browser knows. */
function zoneOptions(names: Readonly<Record<string, string>>, chosen: string) {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  const others = [...new Set([...known, chosen])].filter((zone) => !Object.hasOwn(names, zone)).toSorted();
  return [
    ...Object.entries(names).map(([value, text]) => ({ value, text, note: value })),
    ...others.map((value) => ({ value, text: value.replaceAll('_', ' ') })),
  ];
}
