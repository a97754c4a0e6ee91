import type { RouteAnswer, RouteInput } from '../../../src/contract/route.ts';
import type { explainPlace } from '../../../src/contract/doctors.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { isDate } from '../../lib/dates.ts';
import { offsetAt } from '../../lib/zone-offset.ts';

type Place = RouteInput<typeof explainPlace>['query'];
export type Channel = NonNullable<Place['channel']>;
export const channels = ['online', 'phone', 'walk_in'] as const satisfies readonly Channel[];

type Chamber = Arrangement['chambers'][number];
type AskedType = Chamber['visitTypes'][number];

export type Explanation = RouteAnswer<typeof explainPlace>;

/** What the address asks about: a start, for a kind of visit in a chamber, taken in some way. */
export type Question = { date: string; time: string; chamber: Chamber; type: AskedType; channel: Channel };

/** A question as far as the address has it, for the form to show. */
export type Asked = {
  date: string | null;
  time: string | null;
  visitType: { chamber: Chamber; type: AskedType } | null;
  channel: Channel;
  /** Whether something stands there that makes no sense. */
  wrong: boolean;
};

export function readAsked(
  query: { readonly [name: string]: string | undefined },
  { chambers }: Pick<Arrangement, 'chambers'>,
): Asked {
  const { date, time, visitType, channel } = query;
  const types = chambers.flatMap((chamber) => chamber.visitTypes.map((type) => ({ chamber, type })));
  const found = {
    date: date !== undefined && isNearDate(date) ? date : null,
    time: time !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : null,
    visitType: types.find(({ type }) => String(type.id) === visitType) ?? null,
    channel: channels.find((each) => each === channel) ?? null,
  };
  const wrong =
    (date !== undefined && found.date === null) ||
    (time !== undefined && found.time === null) ||
    (visitType !== undefined && found.visitType === null) ||
    (channel !== undefined && found.channel === null);
  return {
    ...found,
    visitType: found.visitType ?? types.find(({ type }) => type.kind === 'new') ?? types[0] ?? null,
    channel: found.channel ?? 'online',
    wrong,
  };
}

/** Null while something is missing. */
export function questionOf({ date, time, visitType, channel }: Asked): Question | null {
  return date && time && visitType ? { date, time, ...visitType, channel } : null;
}

/** The start as the API takes it; the chamber's clocks say which instant is meant. */
export function placeOf({ date, time, chamber, type, channel }: Question): Place {
  const offset = offsetAt(chamber.timeZone, { date, time }) ?? '+06:00';
  return { at: `${date}T${time}:00${offset}`, visitTypeId: type.id, channel };
}

// As far as the API answers.
const isNearDate = (date: string): boolean => isDate(date) && /^(19|20|21)/.test(date);
