import { Link } from '@tanstack/react-router';
import type { ConcernName, Overview } from '../../../src/contract/overview.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Notice } from '../../ui/notices.tsx';
import { useMoment } from '../staff/moment.ts';

/** Where each is looked into, the most urgent first. */
const places: readonly { name: ConcernName; to: string; search: Record<string, string> }[] = [
  { name: 'unansweredRequests', to: '/requests', search: {} },
  { name: 'uncertainMessages', to: '/sent/uncertain', search: {} },
  { name: 'doctorsToApprove', to: '/doctors', search: { approval: 'pending' } },
  { name: 'failedMessages', to: '/sent', search: { state: 'failed' } },
  { name: 'deadLetters', to: '/system/dead-letters', search: {} },
  { name: 'keptVisits', to: '/appointments', search: {} },
];

/** What waits for a person; said in words when nothing does. */
export function AttentionList({ attention }: { attention: Overview['attention'] }) {
  const { words, language } = useStaff();
  const moment = useMoment();
  const { overview } = words;
  const waiting = places.filter(({ name }) => attention[name].count > 0);
  if (waiting.length === 0)
    return (
      <Notice tone="done">
        <p>{overview.nothing}</p>
      </Notice>
    );
  return (
    <ul>
      {waiting.map(({ name, to, search }) => {
        const { count, since } = attention[name];
        const text = overview.concerns[name];
        return (
          <li key={name} className="border-t border-hairline py-3">
            <p className="flex items-baseline gap-3">
              <strong className="numeral min-w-8 text-lead">{digits(language, count)}</strong>
              <Link to={to} search={search} className="link inline-flex min-h-8 items-center font-semibold">
                {text.title}
              </Link>
            </p>
            <p className="pl-11 text-note text-quiet">
              {text.what}
              {since === null ? null : ` ${text.since(moment(since))}`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
