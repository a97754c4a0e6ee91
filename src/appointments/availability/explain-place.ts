import type { EpochMs } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import {
  judgeGivenSerial,
  judgeStart,
  serialAt,
  type Circumstances,
  type Verdict,
} from '../../scheduling/verdict.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { rulesFor } from './find-places.ts';
import type { DoctorsTime } from './queries.ts';

export type Explanation = {
  verdict: Verdict;
  /** The sitting that the time falls in, and in serial mode the serial expected then. */
  session: { sitting: Sitting; serial: number | null } | null;
};

/**
 * Whether a visit could start at a time, or every reason why it is not offered, by the same verdicts as availability.
 * In a serial sitting the question is about the serial expected then, at whichever of its minutes.
 */
export function explainPlace(
  time: DoctorsTime,
  asked: {
    at: EpochMs;
    visitType: DoctorsTime['visitTypes'][number];
    channel: Channel;
    /** Whose sittings the time can fall in, by the chamber's calendar, both included. */
    dates: { from: string; to: string };
    now: EpochMs;
  },
): Explanation {
  const { at, visitType, channel, dates, now } = asked;
  const known: Circumstances = {
    taken: time.taken,
    travelMinutes: time.travelMinutes,
    closures: time.closures,
    closedSessions: time.closedSessions,
    channel,
    patientTaken: [],
    patientLimitReached: false,
    now,
    doctorActive: time.bookable,
  };
  const wanted = { ...known, startsAt: at, visitMinutes: visitType.minutes };
  const answers = sittings(rulesFor(channel, time.rules), dates)
    .filter((sitting) => sitting.rule.chamberId === visitType.chamberId && fallsIn(sitting, at))
    .map((sitting): Explanation => {
      if (sitting.rule.mode === 'timed')
        return { verdict: judgeStart([sitting], wanted), session: { sitting, serial: null } };
      const serial = serialAt(sitting, at);
      return {
        verdict: judgeGivenSerial(sitting, { ...known, serial }),
        session: { sitting, serial: serial <= (sitting.rule.capacity ?? 0) ? serial : null },
      };
    });
  // Serials may run on into the next sitting, and a clock change can make two meet; the one that has this place answers.
  return (
    answers.find(({ verdict }) => verdict.free) ??
    answers.find(({ verdict }) => !verdict.free && !verdict.reasons.includes('outside_hours')) ??
    answers.at(-1) ?? { verdict: judgeStart([], wanted), session: null }
  );
}

/** Within the hours, or in the time of a serial that runs past them. */
function fallsIn(sitting: Sitting, at: EpochMs): boolean {
  if (at < sitting.start) return false;
  return at < sitting.end || serialAt(sitting, at) <= (sitting.rule.capacity ?? 0);
}
