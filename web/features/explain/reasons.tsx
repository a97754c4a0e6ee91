import { Link } from '@tanstack/react-router';
import { listSchedules } from '../../../src/contract/schedules.ts';
import type { User } from '../../../src/contract/users.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import type { Explanation, Question } from './question.ts';
import { type Reason, textOf } from './reason-text.ts';

/** Everything that stands in the way: what it means, and where it can be changed. */
export function Reasons(props: { doctorId: number; question: Question; explanation: Explanation }) {
  const { me, words, language } = useStaff();
  const { why } = words;
  const { doctorId, question, explanation } = props;
  const schedules = useRead(listSchedules, { params: { id: doctorId } });
  const { reasons, session } = explanation;
  // Hours that hold on single days alone are not among these; their reasons are then told without numbers.
  const rule = schedules.data?.items.find(({ id }) => session?.sessionKey.startsWith(`${id}.`)) ?? null;
  return (
    <>
      <h3 className="mb-1 font-semibold">{reasons.length > 1 ? why.reasonsHeading : why.reasonHeading}</h3>
      <ul className="max-w-160">
        {reasons.map((reason) => {
          const { title, text, advice } = textOf(reason, { why, language, question, explanation, rule });
          return (
            <li key={reason} className="border-t border-hairline py-3">
              <p className="font-semibold">{title}</p>
              <p>{text}</p>
              <p className="text-quiet">
                {advice} <WayOut reason={reason} me={me} doctorId={doctorId} />
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The screen where a reason can be done away with, for those who may go there. */
function WayOut({ reason, me, doctorId }: { reason: Reason; me: User; doctorId: number }) {
  const { why } = useStaff().words;
  const params = { doctorId: String(doctorId) };
  if (me.userType === 'assistant') return null;
  switch (reason) {
    case 'outside_hours':
    case 'too_soon':
    case 'too_far':
    case 'quota_used':
    case 'session_full':
      return (
        <Link to="/doctors/$doctorId/hours" params={params} className="link whitespace-nowrap">
          {why.toHours}
        </Link>
      );
    case 'time_off':
      return (
        <Link to="/doctors/$doctorId/time-off" params={params} className="link whitespace-nowrap">
          {why.toTimeOff}
        </Link>
      );
    case 'holiday':
      return me.userType === 'admin' ? (
        <Link to="/holidays" className="link whitespace-nowrap">
          {why.toHolidays}
        </Link>
      ) : null;
    case 'doctor_inactive':
      return me.userType === 'admin' ? (
        <Link to="/doctors" className="link whitespace-nowrap">
          {why.toDoctors}
        </Link>
      ) : null;
    case 'taken':
    case 'session_closed':
    case 'patient_busy':
    case 'patient_limit':
      return null;
    default:
      return reason satisfies never;
  }
}
