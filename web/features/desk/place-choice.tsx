import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type AvailabilitySession, getAvailability } from '../../../src/contract/doctors.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { addDays, formatDate, formatShortDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { formatTimeRange, wallTime } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorText, fieldId, Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { TimeField } from '../../ui/parsed-field.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { DayStrip } from './day-strip.tsx';
import { timeText } from './desk-words.ts';

/** A place as a request names it. */
export type WantedPlace = { startsAt: string } | { sessionKey: string };

type Asked = {
  doctorId: number;
  chamberId: number;
  visitTypeId: number;
  channel: 'online' | 'phone' | 'walk_in';
};
type Days = RouteAnswer<typeof getAvailability>['days'];

/**
 * The free places of a fortnight, a day at a time: start times, and the next serial of each serial session. The form gets
 * `place`, which `readPlace` reads. The first place of the day is chosen already where `begin` says so.
 */
export function PlaceChoice(props: {
  asked: Asked;
  /** The day that opens first: this one, whether or not it has places, or the first that has. */
  begin: { date: string; exactly: boolean };
  /** Ask for a reason also for a place that looks free: the last answer said that it takes one. */
  reason: boolean;
  errors: FieldErrors;
}) {
  const { doctorId, ...query } = props.asked;
  const { begin } = props;
  const [from, setFrom] = useState(begin.date);
  const read = useRead(getAvailability, {
    params: { id: doctorId },
    query: { ...query, from, to: addDays(from, fortnight - 1) },
  });
  return (
    <Loaded read={read}>
      {({ days }) => (
        <Fortnight
          key={from}
          days={days}
          opened={begin.exactly && from === begin.date ? from : null}
          first={begin.exactly}
          turned={from !== begin.date}
          reason={props.reason}
          errors={props.errors}
          onEarlier={from > begin.date ? () => setFrom(addDays(from, -fortnight)) : null}
          onLater={() => setFrom(addDays(from, fortnight))}
        />
      )}
    </Loaded>
  );
}

const fortnight = 14;

function Fortnight(props: {
  days: Days;
  opened: string | null;
  /** Other days were asked for: the buttons for that are new, and the focus goes on at the days. */
  turned: boolean;
  /** Choose the first place of a day at once. */
  first: boolean;
  reason: boolean;
  errors: FieldErrors;
  onEarlier: (() => void) | null;
  onLater: () => void;
}) {
  const { words, language } = useStaff();
  const { booking } = words.desk;
  const { days, errors, turned } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turned) box.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [turned]);
  const [pressed, setPressed] = useState(props.opened);
  // Whoever stands there comes today: other days are for those who ask.
  const [others, setOthers] = useState(props.opened === null);
  const open = days.find(({ date }) => date === pressed) ?? days.find((day) => freeOn(day) > 0) ?? days[0];
  return (
    <div ref={box}>
      {others ? (
        <DayStrip
          label={booking.days}
          days={days.map((day) => ({ date: day.date, count: freeOn(day) }))}
          say={(count) => (count > 0 ? booking.free(digits(language, count)) : booking.full)}
          chosen={open?.date ?? ''}
          onChoose={setPressed}
        />
      ) : null}
      <div className="mb-4 flex flex-wrap gap-2">
        {props.onEarlier ? (
          <Button type="button" look="secondary" size="dense" onClick={props.onEarlier}>
            {booking.earlierDays}
          </Button>
        ) : null}
        <Button
          type="button"
          look="secondary"
          size="dense"
          onClick={others ? props.onLater : () => setOthers(true)}
        >
          {others ? booking.laterDays : booking.otherDay}
        </Button>
      </div>
      {open ? (
        <Places key={open.date} day={open} first={props.first} reason={props.reason} errors={errors} />
      ) : null}
    </div>
  );
}

const freeIn = ({ mode, places, remaining }: AvailabilitySession): number =>
  mode === 'serial' ? remaining : places.length;
const freeOn = ({ sessions }: Days[number]): number =>
  sessions.reduce((sum, session) => sum + freeIn(session), 0);

const over = 'over';

function Places(props: { day: Days[number]; first: boolean; reason: boolean; errors: FieldErrors }) {
  const { words, language } = useStaff();
  const { booking } = words.desk;
  const { day, errors } = props;
  const { date, sessions } = day;
  const options = sessions.flatMap((session) => optionsOf(session));
  const [chosen, setChosen] = useState<string | null>(null);
  // Whoever stands there takes one of the next; the button to book is not to be far below.
  const [all, setAll] = useState(!props.first);
  const shown = all ? options : options.slice(0, fewTimes);
  // With one place there is nothing to choose; of several the first only where the patient stands there.
  const initial = props.first || options.length === 1 ? options[0] : undefined;
  const value = chosen ?? initial ?? null;
  const showAll = (): void => {
    // Drawn at once, so that the first of them is there to take the focus of the button that goes.
    flushSync(() => setAll(true));
    const radios = document.getElementById(fieldId('place'))?.querySelectorAll('input');
    radios?.[fewTimes]?.focus();
  };
  const radio = (option: string, text: string) => (
    <label
      key={option}
      className="relative flex min-h-12 items-center gap-2 rounded-input border-2 border-edge bg-white px-3 py-2 has-checked:border-green has-checked:bg-tint has-checked:font-semibold"
    >
      <input
        type="radio"
        name="place"
        value={option}
        checked={option === value}
        onChange={() => setChosen(option)}
        className="size-5 shrink-0 accent-green"
      />
      {text}
    </label>
  );
  return (
    <fieldset id={fieldId('place')} tabIndex={errors['place'] ? -1 : undefined}>
      <legend className="mb-2 font-semibold">{booking.placesOn(formatDate(language, date))}</legend>
      <ErrorText name="place" error={errors['place']} />
      {options.length === 0 ? <p className="mb-3">{booking.noPlaces}</p> : null}
      {sessions.map((session) => (
        <div key={session.sessionKey} className="mb-3">
          <p className="mb-1 text-note text-quiet">
            {sessionTime(language, session)} ·{' '}
            {freeIn(session) > 0 ? booking.free(digits(language, freeIn(session))) : booking.full}
          </p>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
            {session.mode === 'timed'
              ? session.places
                  .filter(({ startsAt }) => shown.includes(`at ${startsAt}`))
                  .map(({ startsAt }) => radio(`at ${startsAt}`, timeText(language, startsAt)))
              : null}
          </div>
          {session.mode === 'serial' && session.places[0]?.serial
            ? radio(
                `in ${session.sessionKey}`,
                booking.nextSerial(
                  digits(language, session.places[0].serial),
                  timeText(language, session.places[0].startsAt),
                ),
              )
            : null}
        </div>
      ))}
      {shown.length < options.length ? (
        <div className="mb-3">
          <Button type="button" look="secondary" size="dense" onClick={showAll}>
            {booking.moreTimes(digits(language, options.length - shown.length))}
          </Button>
        </div>
      ) : null}
      {sessions.length > 0 ? radio(over, booking.over) : null}
      {value === over ? <OverFields sessions={sessions} errors={errors} /> : null}
      {value === over || props.reason ? (
        <div className="mt-3 border-l-4 border-waiting pl-4">
          <TextField
            name="overbookReason"
            label={booking.overReason}
            hint={booking.overReasonHint}
            error={errors['overbookReason']}
            autoComplete="off"
          />
        </div>
      ) : null}
    </fieldset>
  );
}

const fewTimes = 6;

const optionsOf = ({ mode, sessionKey, places }: AvailabilitySession): string[] =>
  mode === 'timed'
    ? places.map(({ startsAt }) => `at ${startsAt}`)
    : places[0]?.serial
      ? [`in ${sessionKey}`]
      : [];

/** A place that is not free, in which session and when; the reason is asked for beside it. */
function OverFields(props: { sessions: readonly AvailabilitySession[]; errors: FieldErrors }) {
  const { words, language } = useStaff();
  const { booking } = words.desk;
  const { sessions, errors } = props;
  const [key, setKey] = useState(sessions[0]?.sessionKey);
  const session = sessions.find(({ sessionKey }) => sessionKey === key) ?? sessions[0];
  if (!session) return null;
  return (
    <div className="mt-3 grid grid-cols-1 gap-4 border-l-4 border-waiting pl-4">
      <p className="text-note">{booking.overHint}</p>
      {sessions.length > 1 ? (
        <Select
          name="overSession"
          label={booking.session}
          value={session.sessionKey}
          options={sessions.map((one) => ({ value: one.sessionKey, text: sessionTime(language, one) }))}
          onChange={setKey}
        />
      ) : null}
      {session.mode === 'timed' ? (
        <TimeField name="overTime" label={booking.overTime} error={errors['overTime']} />
      ) : (
        <p>{booking.overSerial}</p>
      )}
      <input type="hidden" name="overIn" value={session.mode === 'timed' ? session.startsAt : ''} />
      <input type="hidden" name="overKey" value={session.sessionKey} />
    </div>
  );
}

const sessionTime = (language: 'bn' | 'en', { startsAt, endsAt }: AvailabilitySession): string =>
  formatTimeRange(language, wallTime(startsAt), wallTime(endsAt));

/** `Sat 28 Nov, 5:30pm`: one of the next free places. */
export const nextPlaceText = (language: 'bn' | 'en', { startsAt }: { startsAt: string }): string =>
  `${formatShortDate(language, startsAt.slice(0, 10))}, ${timeText(language, startsAt)}`;

export type FilledPlace = { place: WantedPlace; overbookReason?: string };
export type PlaceMistake = { field: 'place' | 'overTime' | 'overbookReason' };

/** What a form with a `PlaceChoice` asks for, or what is missing. */
export function readPlace(form: FormData): FilledPlace | PlaceMistake {
  const [kind, rest = ''] = textIn(form, 'place').split(' ', 2);
  const overbookReason = textIn(form, 'overbookReason');
  if (kind === over) {
    const startsIn = textIn(form, 'overIn');
    const time = textIn(form, 'overTime');
    if (startsIn !== '' && !/^\d\d:\d\d$/.test(time)) return { field: 'overTime' };
    if (overbookReason === '') return { field: 'overbookReason' };
    if (startsIn === '') return { place: { sessionKey: textIn(form, 'overKey') }, overbookReason };
    return { place: { startsAt: timeInSession(startsIn, time) }, overbookReason };
  }
  const reason = overbookReason === '' ? {} : { overbookReason };
  if (kind === 'at') return { place: { startsAt: rest }, ...reason };
  if (kind === 'in') return { place: { sessionKey: rest }, ...reason };
  return { field: 'place' };
}

/** A wall time of a session that may go on past midnight. */
function timeInSession(start: string, time: string): string {
  const date = time < wallTime(start) ? addDays(start.slice(0, 10), 1) : start.slice(0, 10);
  return `${date}T${time}:00${start.slice(19)}`;
}
