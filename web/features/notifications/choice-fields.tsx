import type { NotificationSettings } from '../../../src/contract/notifications.ts';
import type { Language } from '../../lib/language.ts';
import type { ToldWords } from '../../lib/messages/told.en.ts';
import { formatTime } from '../../lib/times.ts';
import { Checkbox } from '../../ui/check.tsx';
import { Select } from '../../ui/field.tsx';
import { SectionHeading } from '../../ui/layout.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { channels, choiceName, usualQuiet } from './read-choices.ts';

/** What somebody is told, by which ways, and when not: the fields of a form, with script or without. */
export function ChoiceFields(props: {
  settings: NotificationSettings;
  language: Language;
  words: ToldWords;
  errors: FieldErrors;
}) {
  const { settings, language, words, errors } = props;
  const { choices } = words;
  const quiet = settings.quietHours ?? usualQuiet;
  const kinds = [...new Set(settings.choices.map(({ kind }) => kind))];
  const wanted = (kind: string, channel: string): boolean =>
    settings.choices.some((each) => each.kind === kind && each.channel === channel && each.wanted);
  return (
    <>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{choices.caption}</caption>
        <thead>
          <tr className="border-b-2 border-green align-bottom">
            <th scope="col" className="py-2 pr-2 text-note">
              {choices.kind}
            </th>
            {channels.map((channel) => (
              <th key={channel} scope="col" className="w-16 px-1 py-2 text-center text-note sm:w-28">
                {words.channels[channel]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind} className="border-b border-hairline">
              <th scope="row" className="py-1 pr-2 font-normal">
                {words.kinds[kind]}
              </th>
              {channels.map((channel) => (
                <td key={channel} className="p-0">
                  <label className="relative flex min-h-12 items-center justify-center hover:bg-tint">
                    <input
                      type="checkbox"
                      name={choiceName({ kind, channel })}
                      aria-label={choices.by(words.kinds[kind], words.channels[channel])}
                      value="yes"
                      defaultChecked={wanted(kind, channel)}
                      className="size-5 accent-green"
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <section aria-labelledby="quiet-hours">
        <SectionHeading id="quiet-hours">{choices.quiet}</SectionHeading>
        <p className="mb-3 text-quiet">{choices.quietText}</p>
        <div className="grid grid-cols-1 gap-4">
          <Checkbox name="quiet" label={choices.quietOn} checked={settings.quietHours !== null} />
          <div className="grid grid-cols-1 gap-4 sm:max-w-104 sm:grid-cols-2">
            {(['from', 'until'] as const).map((end) => (
              <Select
                key={end}
                name={end}
                label={choices[end]}
                value={quiet[end]}
                error={errors[end]}
                options={timesWith(quiet[end]).map((value) => ({
                  value,
                  text: formatTime(language, value),
                }))}
              />
            ))}
          </div>
        </div>
      </section>
    </>
  );
}

const halfHours = Array.from(
  { length: 48 },
  (_, half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
);

/** Every half hour, and a time between that was set by other means. */
const timesWith = (set: string): string[] => [...new Set([...halfHours, set])].toSorted();
