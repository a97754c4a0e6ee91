import type { ProblemBody, ProblemCode } from '../../../src/contract/problems.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { nextPlaceText, type WantedPlace } from './place-choice.tsx';

/** The next free places after one that was lost: one press takes one of them. */
export function NextPlaces(props: { refusal: ProblemBody | null; onChoose: (place: WantedPlace) => void }) {
  const { words, language } = useStaff();
  const { booking } = words.desk;
  const { alternatives = [] } = props.refusal ?? {};
  if (alternatives.length === 0) return null;
  return (
    <div>
      <p id="next-places" className="mb-2 font-semibold">
        {booking.lost}
      </p>
      <ul aria-labelledby="next-places" className="flex flex-wrap gap-2">
        {alternatives.map(({ startsAt, sessionKey }) => (
          <li key={startsAt}>
            <Button
              type="button"
              look="secondary"
              onClick={() => props.onChoose(sessionKey === undefined ? { startsAt } : { sessionKey })}
            >
              {nextPlaceText(language, { startsAt })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the desk may overrule with a reason. */
const overrulable: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'slot_taken',
  'session_full',
  'quota_used',
  'no_recent_visit',
  'outside_hours',
  'too_soon',
  'too_far',
]);

export const mayOverrule = (refusal: ProblemBody | null): boolean =>
  refusal !== null && overrulable.has(refusal.code);
