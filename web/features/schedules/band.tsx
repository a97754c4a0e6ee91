import { CircleAlert, Clock, ListOrdered, Undo2 } from 'lucide-react';
import type { Schedule } from '../../../src/contract/hours.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { weekdayName } from '../../lib/dates.ts';
import type { DraftHours } from '../../lib/week-hours.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useHoursWords } from './hours-words.ts';
import { keyElsewhere, type ShownWeek } from './use-shown-week.ts';
import type { WeekActions } from './week-actions.ts';

const looks = {
  // Serials are one solid queue, exact times a ruler.
  serial: 'border-2 border-l-8 border-green bg-tint',
  timed: 'border-2 border-l-8 border-double border-green bg-white',
} as const;

/** Hours of the open week: to press for who may change them. */
export function Band(props: {
  hours: DraftHours;
  shown: ShownWeek;
  actions: WeekActions | null;
  /** Fills the place it stands in. */
  fill?: boolean;
}) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const { hours, shown, actions } = props;
  const say = useHoursWords(shown.visitMinutes);
  const clashing = shown.clashing.has(hours.key);
  const look = `flex w-full flex-col items-stretch justify-start min-w-0 rounded-input px-2 py-1 text-left ${props.fill ? 'h-full overflow-hidden' : 'min-h-12'} ${clashing ? 'border-2 border-l-8 border-error bg-error-tint' : looks[hours.mode]}`;
  const day = weekdayName(language, hours.weekday);
  const content = (
    <>
      {actions ? <span className="sr-only">{texts.changeOn(day)} </span> : null}
      <span className="block text-note font-semibold">{say.time(hours)}</span>
      {clashing ? <Clash /> : null}
      <span className="flex items-start gap-1 text-[0.8125rem] leading-5">
        <Shape mode={hours.mode} />
        <span className="min-w-0">{say.places(hours)}</span>
      </span>
      {shown.unsaved.has(hours.key) ? (
        <span className="text-[0.8125rem] leading-5 text-waiting">{texts.unsaved}</span>
      ) : null}
    </>
  );
  if (!actions) return <div className={look}>{content}</div>;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => actions.change(hours)}
      className={`${look} hover:outline-2 hover:outline-green`}
    >
      {content}
    </button>
  );
}

/** Hours that were taken out and not saved: pressing them takes them back in. */
export function BandRemoved(props: {
  hours: DraftHours;
  shown: ShownWeek;
  actions: WeekActions;
  fill?: boolean;
}) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const { hours, shown, actions } = props;
  const say = useHoursWords(shown.visitMinutes);
  return (
    <button
      type="button"
      onClick={() => actions.putBack(hours)}
      className={`flex w-full flex-col items-stretch justify-start rounded-input border-2 border-dashed border-waiting bg-waiting-tint px-2 py-1 text-left hover:outline-2 hover:outline-waiting ${props.fill ? 'h-full overflow-hidden' : 'min-h-12'}`}
    >
      <span className="sr-only">{weekdayName(language, hours.weekday)}, </span>
      <span className="block text-note line-through">{say.time(hours)}</span>
      <span className="flex items-start gap-1 text-[0.8125rem] leading-5 text-waiting">
        <Undo2 aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {texts.putBack}
      </span>
    </button>
  );
}

/** The doctor in another chamber: only to be seen. */
export function BandElsewhere(props: { hours: Schedule; shown: ShownWeek; fill?: boolean }) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const { hours, shown } = props;
  const say = useHoursWords(null);
  const clashing = shown.clashing.has(keyElsewhere(hours));
  const chamber = shown.chambers.find(({ id }) => id === hours.chamberId);
  return (
    <div
      className={`rounded-input border border-dashed px-2 py-1 text-[0.8125rem] leading-5 text-quiet ${props.fill ? 'h-full overflow-hidden' : ''} ${clashing ? 'border-error' : 'border-edge'} bg-paper`}
    >
      <span className="block">{say.time(hours)}</span>
      <span className="block">
        {texts.elsewhere(chamber ? chamberName(language, chamber) : texts.chamber)}
      </span>
      {clashing ? <Clash /> : null}
    </div>
  );
}

function Shape({ mode }: { mode: DraftHours['mode'] }) {
  const Icon = mode === 'serial' ? ListOrdered : Clock;
  return <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-green" />;
}

function Clash() {
  const { hours: texts } = useStaff().words;
  return (
    <span className="flex items-center gap-1 text-[0.8125rem] leading-5 font-semibold text-error">
      <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
      {texts.clash}
    </span>
  );
}
