import type { AvailabilitySession, explainPlace } from '../../contract/doctors.ts';
import type { RouteAnswer } from '../../contract/route.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { Explanation } from './explain-place.ts';
import type { OpenSitting } from './find-places.ts';

export function presentSession({ sitting, places }: OpenSitting): AvailabilitySession {
  const { rule } = sitting;
  return {
    sessionKey: sitting.sessionKey,
    chamberId: rule.chamberId,
    mode: rule.mode,
    startsAt: formatInstant(sitting.start, rule.zone),
    endsAt: formatInstant(sitting.end, rule.zone),
    places: places.map((place) => ({
      startsAt: formatInstant(place.start, rule.zone),
      endsAt: formatInstant(place.end, rule.zone),
      ...(place.serial === undefined ? {} : { serial: place.serial }),
    })),
    remaining: places.length,
  };
}

export function presentExplanation({ verdict, session }: Explanation): RouteAnswer<typeof explainPlace> {
  return {
    free: verdict.free,
    reasons: verdict.free ? [] : verdict.reasons,
    session: session && {
      sessionKey: session.sitting.sessionKey,
      chamberId: session.sitting.rule.chamberId,
      mode: session.sitting.rule.mode,
      startsAt: formatInstant(session.sitting.start, session.sitting.rule.zone),
      endsAt: formatInstant(session.sitting.end, session.sitting.rule.zone),
      serial: session.serial,
    },
  };
}
