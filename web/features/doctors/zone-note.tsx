import type { Visit } from '../../lib/visit.ts';

/** Shown by the script to a visitor whose own clock differs from the chamber's. */
export function ZoneNote({ visit, zone }: { visit: Visit; zone: string }) {
  const { m, language, context } = visit;
  const offset =
    Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
  const city = zone === 'Asia/Dhaka' ? (language === 'bn' ? 'ঢাকার' : 'Dhaka') : zone;
  return (
    <p hidden data-zone-offset={offset} className="mt-4 text-quiet">
      {m.site.zoneNote(city)}
    </p>
  );
}
