import type { HourSettings } from '../../src/contract/hours.ts';
import { inOrder, sameDates, type Dates, type DraftHours } from './week-hours.ts';

/** A week that somebody edits and has not saved. */
export type WeekDraft = {
  chamberId: number;
  /** Its dates on the server; null while it is not there at all. */
  was: Dates | null;
  dates: Dates;
  /** What was saved when the editing began. */
  base: readonly DraftHours[];
  hours: DraftHours[];
};

/** How many things in a draft differ from what is saved: hours that came, went or changed, and the dates. */
export function countChanges(draft: WeekDraft, saved: readonly DraftHours[]): number {
  const datesChanged = draft.was === null || !sameDates(draft.was, draft.dates);
  return unsavedIn(draft, saved).size + removedFrom(draft, saved).length + (datesChanged ? 1 : 0);
}

/** Keys of the hours that are not on the server as they stand in the draft. */
export const unsavedIn = (draft: WeekDraft, saved: readonly DraftHours[]): Set<string> => {
  const before = new Map(saved.map((hours) => [hours.id, spell(hours)]));
  return new Set(draft.hours.filter((hours) => before.get(hours.id) !== spell(hours)).map(({ key }) => key));
};

/** Saved hours that the draft has no more. */
export const removedFrom = (draft: WeekDraft, saved: readonly DraftHours[]): DraftHours[] => {
  const staying = new Set(draft.hours.map(({ id }) => id));
  return saved.filter(({ id }) => !staying.has(id));
};

/** Whether somebody else has changed the week since the editing began. */
export const isBehind = ({ base }: WeekDraft, saved: readonly DraftHours[]): boolean =>
  spellAll(base) !== spellAll(saved);

/** The same edits on what is saved now: what others did stays, and for hours that both changed the draft counts. */
export function rebase(draft: WeekDraft, saved: readonly DraftHours[]): WeekDraft {
  const base = new Map(draft.base.map((hours) => [hours.id, spell(hours)]));
  const mine = new Map(draft.hours.map((hours) => [hours.id, hours]));
  const known = new Set(saved.map(({ id }) => id));
  const came = new Set(saved.filter(({ id }) => !base.has(id)).map(spell));
  const kept = saved.flatMap((hours) => {
    const own = mine.get(hours.id);
    if (own) return spell(own) === base.get(own.id) ? hours : own;
    return base.has(hours.id) ? [] : hours;
  });
  // Of hours that somebody else has ended, what was changed here comes back as new ones.
  const added = draft.hours.flatMap((hours) => {
    const { id, ...own } = hours;
    if (id === undefined) return hours;
    return known.has(id) || spell(hours) === base.get(id) ? [] : own;
  });
  // Where the answer to saving was lost, what was added here has come as saved.
  const missing = added.filter((hours) => !came.has(spell(hours)));
  return { ...draft, base: saved, hours: inOrder([...kept, ...missing]) };
}

/**
 * The draft beside the weeks that are saved now: of the one it was begun on, else of the one that has its dates by now.
 * Where that is gone, what was edited stands as a new week.
 */
export function placeDraft(draft: WeekDraft, weeks: readonly Dates[]): WeekDraft {
  const { was: begun, dates } = draft;
  const was =
    (begun && weeks.find((week) => sameDates(week, begun))) ?? weeks.find((week) => sameDates(week, dates));
  if (was) return { ...draft, was };
  return { ...draft, was: null, base: [], hours: draft.hours.map(({ id: _id, ...hours }) => hours) };
}

export const putHours = (draft: WeekDraft, changed: readonly DraftHours[]): WeekDraft => {
  const keys = new Set(changed.map(({ key }) => key));
  return { ...draft, hours: inOrder([...draft.hours.filter(({ key }) => !keys.has(key)), ...changed]) };
};

export const removeHours = (draft: WeekDraft, key: string): WeekDraft => ({
  ...draft,
  hours: draft.hours.filter((each) => each.key !== key),
});

/** The hours of one day in place of whatever other days have. */
export function copyDay(
  draft: WeekDraft,
  { from, to, newKey }: { from: number; to: readonly number[]; newKey: () => string },
): WeekDraft {
  const source = draft.hours.filter(({ weekday }) => weekday === from);
  const staying = draft.hours.filter(({ weekday }) => !to.includes(weekday));
  const copies = to.flatMap((weekday) =>
    source.map(({ id: _id, ...hours }) => ({ ...hours, weekday, key: newKey() })),
  );
  return { ...draft, hours: inOrder([...staying, ...reuseIds(draft.hours, copies)]) };
}

/** Hours as the server has them, for it to see whether they still are. */
export type Version = { id: number; version: number };

/** The body of the request that saves it. */
export function weekBody({ chamberId, was, dates, hours }: WeekDraft, basedOn: readonly Version[]) {
  return {
    chamberId,
    ...dates,
    ...(was && !sameDates(was, dates) ? { was } : {}),
    basedOn: [...basedOn],
    hours: hours.map(({ key: _key, ...each }) => each),
  };
}

/** A day that gets other hours keeps its own rows where it can, so that their bookings stay with them. */
function reuseIds(before: readonly DraftHours[], copies: readonly DraftHours[]): DraftHours[] {
  const free = [...before];
  return copies.map((copy) => {
    const index = free.findIndex(({ id, weekday }) => id !== undefined && weekday === copy.weekday);
    const [row] = index < 0 ? [] : free.splice(index, 1);
    return row?.id === undefined ? copy : { ...copy, id: row.id, key: row.key };
  });
}

const spellAll = (hours: readonly DraftHours[]): string =>
  JSON.stringify(hours.map((each) => `${each.id} ${spell(each)}`).toSorted());

/** Settings in one order, whatever order the server or a form gave them in. */
function spell(hours: DraftHours): string {
  const { weekday, from, to, mode, slotMinutes, capacity, quotas, quotaReleaseMinutes } = hours;
  const { bufferBeforeMinutes, bufferAfterMinutes, noticeMinutes, horizonDays } = hours;
  const kept = quotas && [quotas.online, quotas.phone, quotas.walkIn];
  return JSON.stringify([
    [weekday, from, to, mode, slotMinutes, capacity, kept, quotaReleaseMinutes],
    [bufferBeforeMinutes, bufferAfterMinutes, noticeMinutes, horizonDays],
  ]);
}

/** What new hours begin with: as the hours beside them are, else as most evening chambers are. */
export function firstSettings(hours: readonly DraftHours[], visitMinutes: number | null): HourSettings {
  const [like] = hours;
  if (like) {
    const { key: _key, id: _id, weekday: _weekday, ...settings } = like;
    return settings;
  }
  const slotMinutes = visitMinutes ?? 10;
  return {
    from: '17:00',
    to: '21:00',
    mode: 'serial',
    slotMinutes,
    capacity: Math.max(1, Math.floor(240 / slotMinutes)),
    quotas: null,
    quotaReleaseMinutes: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 30,
    horizonDays: 30,
  };
}
