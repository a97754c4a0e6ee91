import type { SettingsChange } from '../../../src/contract/settings.ts';
import { weekdayName } from '../../lib/dates.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useSettingsWords } from './settings-words.ts';

/** Fields with the values that they had and have, or would have. */
export function ChangedValues({ changes }: { changes: SettingsChange['changes'] }) {
  const settings = useSettingsWords();
  const say = useValueText();
  return (
    <ul className="font-normal">
      {changes.map(({ field, from, to }) => (
        <li key={field} className="py-1 wrap-anywhere">
          <span className="text-note text-quiet">{settings.fields[field]}</span>
          <br />
          {settings.fromTo(say(field, from), say(field, to))}
        </li>
      ))}
    </ul>
  );
}

type Change = SettingsChange['changes'][number];

/** A setting's value in words. */
function useValueText(): (field: Change['field'], value: Change['to']) => string {
  const { words, language } = useStaff();
  const settings = useSettingsWords();
  return (field, value) => {
    if (field === 'firstWeekday') return weekdayName(language, Number(value));
    if (field === 'language') return settings.languages[value === 'en' ? 'en' : 'bn'];
    if (value === null) return field === 'name' ? settings.builtIn(words.shell.siteName) : settings.nothing;
    return field === 'phone' ? formatPhone(String(value)) : String(value);
  };
}
