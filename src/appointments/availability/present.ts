import type { AvailabilitySession } from '../../contract/doctors.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
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
