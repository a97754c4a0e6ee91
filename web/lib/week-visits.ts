import { clockMinutes } from './clock-minutes.ts';
import { endMinute } from './hours-sum.ts';

type Span = { from: string; to: string };

/** A picture of days: from a whole hour to a whole hour, so many pixels each. */
export type Scale = { from: number; to: number; hourHeight: number };

/** The least height in which a visit can be read and pressed. */
export const visitHeight = 26;
const leastHours = 6;
const emptyDay = { from: 9, to: 21 };
const highestHour = 240;

/** Tall enough that visits of the shortest length stand under each other; what is shorter still is pushed down a little. */
export function scaleOf(sittings: readonly Span[], visits: readonly Span[]): Scale {
  const spans = [...sittings, ...visits];
  if (spans.length === 0) return { ...emptyDay, hourHeight: 44 };
  const from = Math.min(...spans.map((span) => Math.floor(clockMinutes(span.from) / 60)));
  const to = Math.max(...spans.map((span) => Math.ceil(endMinute(span) / 60)));
  const shortest = Math.min(
    60,
    ...visits.map((span) => Math.max(1, endMinute(span) - clockMinutes(span.from))),
  );
  const hourHeight = Math.min(highestHour, Math.max(44, Math.ceil((visitHeight * 60) / shortest)));
  return { from: Math.max(0, Math.min(from, to - leastHours)), to, hourHeight };
}

/** Where times lie on the scale, in pixels. */
export function onScale({ from, hourHeight }: Scale, span: Span): { top: number; height: number } {
  const top = ((clockMinutes(span.from) - from * 60) * hourHeight) / 60;
  return { top, height: ((endMinute(span) - clockMinutes(span.from)) * hourHeight) / 60 };
}

/** The visits of a day in order, each at its time, or below the one before it where that is still in the way. */
export function stack<Visit>(
  scale: Scale,
  visits: readonly (Span & { visit: Visit })[],
): { visit: Visit; top: number; height: number }[] {
  let free = 0;
  return visits.map(({ visit, ...span }) => {
    const place = onScale(scale, span);
    const top = Math.max(place.top, free);
    const height = Math.max(visitHeight, place.height);
    free = top + height;
    return { visit, top, height };
  });
}
