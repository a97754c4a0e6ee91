import type { DraftHours } from '../../lib/week-hours.ts';

/** What somebody who may change a week can do with it. */
export type WeekActions = {
  /** With the time that was pressed, where there is one. */
  add: (weekday: number, from?: string) => void;
  change: (hours: DraftHours) => void;
  copy: (weekday: number) => void;
  /** Takes hours that were taken out back in. */
  putBack: (hours: DraftHours) => void;
};
