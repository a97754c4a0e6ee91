import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Notice } from '../../ui/notices.tsx';
import { explain } from '../staff/explain.ts';
import { useHoursWords } from './hours-words.ts';
import type { ShownWeek } from './use-shown-week.ts';

/** Why the week could not be looked at or saved, and which hours that is about. */
export function SaveProblem({ error, shown }: { error: unknown; shown: ShownWeek }) {
  const { words, language } = useStaff();
  const say = useHoursWords(shown.visitMinutes);
  if (!error) return null;
  const { text, note } = explain(words, error);
  const refusal = refusalOf(error);
  // The screen has it by now, and says so.
  if (refusal?.code === 'changed_meanwhile' && shown.behind) return null;
  const concerned = (refusal?.errors ?? []).flatMap(({ path, message }) => {
    const hours = shown.week.hours[Number(/^hours\.(\d+)/.exec(path)?.[1] ?? Number.NaN)];
    return hours ? [{ hours, message }] : [];
  });
  return (
    <div role="alert">
      <Notice tone="error">
        <p className="font-semibold">{words.hours.problem}</p>
        <p>{text}</p>
        {/* What is not marked in the week itself; the server says it in English only. */}
        {refusal?.code === 'schedule_overlap' && language === 'en' && shown.clashing.size === 0 ? (
          <p>{refusal.detail}</p>
        ) : null}
        {concerned.length > 0 ? (
          <ul className="list-disc pl-5">
            {concerned.map(({ hours, message }) => (
              <li key={hours.key}>
                {say.band(hours)}
                {language === 'en' ? `: ${message}` : null}
              </li>
            ))}
          </ul>
        ) : null}
        {note ? <p className="text-note break-all">{note}</p> : null}
      </Notice>
    </div>
  );
}
