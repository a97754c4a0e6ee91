import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Schedule } from '../../../src/contract/hours.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import {
  countChanges,
  isBehind,
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
import { useDrafts } from './use-drafts.ts';

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

const newWeek = 'new';

export function useShownWeek(props: {
  doctorId: number;
  chambers: readonly [Chamber, ...Chamber[]];
  schedules: readonly Schedule[];
}): ShownWeek {
  const { doctorId, chambers, schedules } = props;
  const drafts = useDrafts(doctorId);
  const { wanted, choose } = useAddress();
  const drafted = Object.values(drafts.all);
  const chamber =
    chambers.find(({ id }) => String(id) === wanted.chamber) ??
    chambers.find(({ id }) => drafted.some(({ chamberId }) => chamberId === id)) ??
    chambers[0];
  const weeks = optionsOf(schedules, { chamberId: chamber.id, drafts: drafts.all });
  const [usual] = weeks;
  const open =
    weeks.find(({ name }) => name === wanted.week) ?? weeks.find((option) => option.drafted) ?? usual;
  const draftName = `${chamber.id} ${open.name}`;
  const saved = open.saved ? hoursOf(schedules, { chamberId: chamber.id, dates: open.was }) : [];
  const asSaved: WeekDraft = {
    chamberId: chamber.id,
    was: open.saved ? open.was : null,
    dates: open.was,
    base: saved,
    hours: saved,
  };
  const draft = drafts.all[draftName];
  const week = draft ? rebase(draft, saved) : asSaved;
  const others = elsewhere(schedules, { chamberId: chamber.id, dates: week.dates });
  return {
    doctorId,
    chambers,
    chamber,
    draftedChambers: new Set(drafted.map(({ chamberId }) => chamberId)),
    weeks,
    name: open.name,
    week,
    changes: draft ? countChanges(week, saved) : 0,
    behind: draft ? isBehind(draft, saved) : false,
    basedOn: open.saved
      ? schedules.filter((each) => each.chamberId === chamber.id && sameDates(each, open.was)).map(versionOf)
      : [],
    unsaved: unsavedIn(week, saved),
    // One that others stand over would only be in their way.
    removed: removedFrom(week, saved).filter((gone) => !week.hours.some((hours) => clash(gone, hours))),
    elsewhere: others,
    clashing: findClashes(week.hours, others),
    visitMinutes: chamber.visitTypes.find(({ kind }) => kind === 'new')?.minutes ?? null,
    choose,
    edit: (change) =>
      drafts.put(draftName, (now) => {
        const next = change(now ? rebase(now, saved) : asSaved);
        return countChanges(next, saved) > 0 ? next : null;
      }),
    discard: () => {
      drafts.put(draftName, () => null);
      return () => drafts.put(draftName, () => draft ?? null);
    },
    begin: (dates) => {
      const copies = hoursOf(schedules, { chamberId: chamber.id, dates: usualDates }).map(
        ({ id: _id, ...hours }) => ({ ...hours, key: newKey() }),
      );
      drafts.put(`${chamber.id} ${newWeek}`, () => ({
        chamberId: chamber.id,
        was: null,
        dates,
        base: [],
        hours: copies,
      }));
      choose(chamber.id, newWeek);
    },
    settle: () => {
      drafts.put(draftName, () => null);
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

type Option = WeekOption & { was: Dates };

function optionsOf(
  schedules: readonly Schedule[],
  { chamberId, drafts }: { chamberId: number; drafts: Readonly<Record<string, WeekDraft>> },
): [Option, ...Option[]] {
  const optionFor = (was: Dates): Option => {
    const name = nameOf(was);
    const draft = drafts[`${chamberId} ${name}`];
    return { name, was, dates: draft?.dates ?? was, saved: true, drafted: draft !== undefined };
  };
  const begun = drafts[`${chamberId} ${newWeek}`];
  const dated = weeksOf(schedules, chamberId).filter((dates) => !isUsual(dates));
  return [
    optionFor(usualDates),
    ...dated.map(optionFor),
    ...(begun ? [{ name: newWeek, was: begun.dates, dates: begun.dates, saved: false, drafted: true }] : []),
  ];
}

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
