import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Schedule } from '../../../src/contract/hours.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import {
  countChanges,
  isBehind,
  placeDraft,
  rebase,
  removedFrom,
  unsavedIn,
  type Version,
  type WeekDraft,
} from '../../lib/week-draft.ts';
import {
  clash,
  type Dates,
  type DraftHours,
  elsewhere,
  hoursOf,
  isUsual,
  sameDates,
  usualDates,
  weeksOf,
} from '../../lib/week-hours.ts';
import { type Drafts, useDrafts } from './use-drafts.ts';

type Chamber = Arrangement['chambers'][number];

/** A week of the chamber, as a choice. */
export type WeekOption = { name: string; dates: Dates; saved: boolean; drafted: boolean };

/** The week that is open: as it is saved, or as it was edited. */
export type ShownWeek = {
  doctorId: number;
  chambers: readonly Chamber[];
  chamber: Chamber;
  /** Chambers with a week that is not saved. */
  draftedChambers: ReadonlySet<number>;
  weeks: readonly WeekOption[];
  name: string;
  week: WeekDraft;
  /** How much of it is not saved. */
  changes: number;
  /** Somebody else has saved other hours since the editing began; both are shown together. */
  behind: boolean;
  /** The saved week that was edited is there no more; the edits stand as a new one. */
  gone: boolean;
  /** The saved hours of this week, by which the server sees whether anybody has changed them since. */
  basedOn: readonly Version[];
  /** Keys of hours that are new or other than saved. */
  unsaved: ReadonlySet<string>;
  /** Saved hours that were taken out. */
  removed: readonly DraftHours[];
  /** What the doctor does in other chambers at the same time. */
  elsewhere: readonly Schedule[];
  /** Keys of hours, here or ids elsewhere, that are at once with others. */
  clashing: ReadonlySet<string>;
  /** Of a new patient; null while the chamber has no fee for one. */
  visitMinutes: number | null;
  choose: (chamberId: number, week?: string) => void;
  edit: (change: (week: WeekDraft) => WeekDraft) => void;
  /** Answers the way back. */
  discard: () => () => void;
  /** Begins a week with dates as a copy of the usual one. */
  begin: (dates: Dates) => void;
  /** The draft is what the server has now. */
  settle: () => void;
};

export function useShownWeek(props: {
  doctorId: number;
  chambers: readonly [Chamber, ...Chamber[]];
  schedules: readonly Schedule[];
}): ShownWeek {
  const { doctorId, chambers, schedules } = props;
  const drafts = useDrafts(doctorId);
  const { wanted, choose } = useAddress();
  useDropSaved(drafts, schedules);
  const optionsFor = ({ id }: Chamber) => optionsOf(schedules, { chamberId: id, drafts: drafts.all });
  const draftedChambers = new Set(
    chambers.filter((each) => optionsFor(each).some(({ drafted }) => drafted)).map(({ id }) => id),
  );
  const chamber =
    chambers.find(({ id }) => String(id) === wanted.chamber) ??
    chambers.find(({ id }) => draftedChambers.has(id)) ??
    chambers[0];
  const weeks = optionsFor(chamber);
  const [usual] = weeks;
  const open =
    weeks.find(({ name }) => name === wanted.week) ?? weeks.find((option) => option.drafted) ?? usual;
  const { slot, was, draft, hours: saved } = open;
  const asSaved: WeekDraft = { chamberId: chamber.id, was, dates: open.dates, base: saved, hours: saved };
  const week = draft ? rebase(draft, saved) : asSaved;
  const others = elsewhere(schedules, { chamberId: chamber.id, dates: week.dates });
  return {
    doctorId,
    chambers,
    chamber,
    draftedChambers,
    weeks,
    name: open.name,
    week,
    changes: draft ? countChanges(week, saved) : 0,
    behind: draft ? isBehind(draft, saved) : false,
    gone: was === null && (drafts.all[slot]?.was ?? null) !== null,
    basedOn: was
      ? schedules.filter((each) => each.chamberId === chamber.id && sameDates(each, was)).map(versionOf)
      : [],
    unsaved: unsavedIn(week, saved),
    // One that others stand over would only be in their way.
    removed: removedFrom(week, saved).filter((gone) => !week.hours.some((hours) => clash(gone, hours))),
    elsewhere: others,
    clashing: findClashes(week.hours, others),
    visitMinutes: chamber.visitTypes.find(({ kind }) => kind === 'new')?.minutes ?? null,
    choose,
    edit: (change) =>
      drafts.put(slot, (now) => {
        const next = change(now ? rebase(placeDraft(now, was ? [was] : []), saved) : asSaved);
        return countChanges(next, saved) > 0 ? next : null;
      }),
    discard: () => {
      const before = drafts.all[slot] ?? null;
      drafts.put(slot, () => null);
      return () => drafts.put(slot, () => before);
    },
    begin: (dates) => {
      const copies = hoursOf(schedules, { chamberId: chamber.id, dates: usualDates }).map(
        ({ id: _id, ...hours }) => ({ ...hours, key: newKey() }),
      );
      const name = newKey();
      drafts.put(slotOf(chamber.id, name), () => ({
        chamberId: chamber.id,
        was: null,
        dates,
        base: [],
        hours: copies,
      }));
      choose(chamber.id, name);
    },
    settle: () => {
      drafts.put(slot, () => null);
      choose(chamber.id, nameOf(week.dates));
    },
  };
}

const versionOf = ({ id, version }: Schedule): Version => ({ id, version });

/** Which week is open stands in the address. */
function useAddress() {
  const { chamber, week } = useSearch({ from: '/doctors/$doctorId/hours' });
  const navigate = useNavigate();
  return {
    wanted: { chamber, week },
    choose: (chamberId: number, name?: string): void => {
      const search = { chamber: String(chamberId), ...(name ? { week: name } : {}) };
      void navigate({ to: '.', search, replace: true, resetScroll: false });
    },
  };
}

/** A draft whose saving succeeded without our hearing of it must not come up again when others change that week. */
function useDropSaved(drafts: Drafts, schedules: readonly Schedule[]): void {
  useEffect(() => {
    for (const [slot, { chamberId }] of Object.entries(drafts.all))
      if (!placeAll(schedules, { chamberId, drafts: drafts.all }).some((placed) => placed.slot === slot))
        drafts.put(slot, () => null);
  });
}

type Option = WeekOption & {
  was: Dates | null;
  /** As saved. */
  hours: DraftHours[];
  /** Where its draft is kept. */
  slot: string;
  draft: WeekDraft | undefined;
};

function optionsOf(
  schedules: readonly Schedule[],
  { chamberId, drafts }: { chamberId: number; drafts: Kept },
): [Option, ...Option[]] {
  const placed = placeAll(schedules, { chamberId, drafts });
  const optionFor = (was: Dates): Option => {
    const name = nameOf(was);
    const own = placed.find(({ draft }) => draft.was && sameDates(draft.was, was));
    return {
      name,
      was,
      dates: own?.draft.dates ?? was,
      hours: hoursOf(schedules, { chamberId, dates: was }),
      slot: own?.slot ?? slotOf(chamberId, name),
      draft: own?.draft,
      saved: true,
      drafted: own !== undefined,
    };
  };
  const dated = weeksOf(schedules, chamberId).filter((dates) => !isUsual(dates));
  const begun = placed.flatMap(({ slot, draft }): Option[] => {
    const name = slot.slice(slotOf(chamberId, '').length);
    const { was, dates } = draft;
    return was ? [] : [{ name, was, dates, hours: [], slot, draft, saved: false, drafted: true }];
  });
  return [optionFor(usualDates), ...dated.map(optionFor), ...begun];
}

type Kept = Drafts['all'];

/** The drafts of a chamber that differ from what is saved, each of a week of its own. */
function placeAll(
  schedules: readonly Schedule[],
  { chamberId, drafts }: { chamberId: number; drafts: Kept },
): { slot: string; draft: WeekDraft }[] {
  let free = weeksOf(schedules, chamberId);
  return Object.entries(drafts).flatMap(([slot, kept]) => {
    if (kept.chamberId !== chamberId) return [];
    const draft = placeDraft(kept, free);
    const { was } = draft;
    const saved = was ? hoursOf(schedules, { chamberId, dates: was }) : [];
    if (countChanges(rebase(draft, saved), saved) === 0) return [];
    free = free.filter((week) => week !== was);
    return [{ slot, draft }];
  });
}

const slotOf = (chamberId: number, name: string): string => `${chamberId} ${name}`;

const nameOf = (dates: Dates): string =>
  sameDates(dates, usualDates) ? 'usual' : `${dates.validFrom ?? ''}.${dates.validUntil ?? ''}`;

/** Hours of other chambers go by `elsewhere` and their id. */
export const keyElsewhere = ({ id }: Schedule): string => `elsewhere ${id}`;

function findClashes(hours: readonly DraftHours[], others: readonly Schedule[]): Set<string> {
  const found = new Set<string>();
  for (const [index, one] of hours.entries()) {
    for (const other of hours.slice(index + 1)) if (clash(one, other)) found.add(one.key).add(other.key);
    for (const other of others) if (clash(one, other)) found.add(one.key).add(keyElsewhere(other));
  }
  return found;
}

/** Unlike any other in this tab's drafts. */
export const newKey = (): string => `new ${Math.random().toString(36).slice(2)}`;
