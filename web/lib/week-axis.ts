import { clockMinutes } from './clock-minutes.ts';
import { endMinute } from './hours-sum.ts';

type Span = { from: string; to: string };

/** The part of the day that a week's picture shows, in whole hours: past 24 it is the next day. */
export type Axis = { from: number; to: number; hourHeight: number };

const leastHours = 6;
// Of a week without hours: when chambers are open.
const emptyAxis = { from: 15, to: 22 };

/** Tall enough for the text of the shortest band; a long day is drawn no larger than it has to be. */
export function axisOf(spans: readonly Span[]): Axis {
  if (spans.length === 0) return { ...emptyAxis, hourHeight: 44 };
  const from = Math.min(...spans.map((span) => Math.floor(clockMinutes(span.from) / 60)));
  const to = Math.max(...spans.map((span) => Math.ceil(endMinute(span) / 60)));
  const shortest = Math.min(...spans.map((span) => endMinute(span) - clockMinutes(span.from)));
  const hourHeight = Math.min(112, Math.max(36, Math.ceil((bandHeight * 60) / shortest)));
  return { from: Math.max(0, Math.min(from, to - leastHours)), to, hourHeight };
}

/** Four lines of a band's text and its edges. */
const bandHeight = 96;

/** Where a band lies on the axis, in pixels. */
export function bandOn({ from, hourHeight }: Axis, span: Span): { top: number; height: number } {
  const scale = hourHeight / 60;
  return {
    top: (clockMinutes(span.from) - from * 60) * scale,
    height: (endMinute(span) - clockMinutes(span.from)) * scale,
  };
}

/** The half hour that a height on the axis lies in, as a wall time of the day; the last is 23:30. */
export function halfHourAt({ from, hourHeight }: Axis, height: number): string {
  const minutes = Math.min(23.5 * 60, from * 60 + Math.floor((height / hourHeight) * 2) * 30);
  const hour = Math.floor(minutes / 60);
  return `${String(hour).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
}
