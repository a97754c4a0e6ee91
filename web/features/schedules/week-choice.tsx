import { useState } from 'react';
import { putWeek } from '../../../src/contract/schedules.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { weekBody } from '../../lib/week-draft.ts';
import { type Dates, isUsual } from '../../lib/week-hours.ts';
import { Button } from '../../ui/button.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import type { Change } from '../changes/use-change.tsx';
import { DatesDialog } from './dates-dialog.tsx';
import { useHoursWords } from './hours-words.ts';
import type { ShownWeek, WeekOption } from './use-shown-week.ts';

/** Which chamber and which of its weeks is open; weeks with dates are made, dated anew and removed here. */
export function WeekChoice(props: {
  shown: ShownWeek;
  /** Null for who may only look. */
  change: Change | null;
}) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const { shown, change } = props;
  const { chamber, chambers, weeks } = shown;
  const note = useWeekNote();
  const say = useHoursWords(shown.visitMinutes);
  const usual = isUsual(shown.week.dates);
  return (
    <div className="mb-4 grid grid-cols-1 gap-4">
      {chambers.length > 1 ? (
        <TabChoice
          name="chamber"
          legend={texts.chamber}
          value={String(chamber.id)}
          options={chambers.map((one) => ({
            value: String(one.id),
            text: chamberName(language, one),
            note: shown.draftedChambers.has(one.id) ? texts.unsaved : undefined,
          }))}
          onChange={(id) => shown.choose(Number(id))}
        />
      ) : (
        <p className="font-semibold">{chamberName(language, chamber)}</p>
      )}
      {weeks.length > 1 ? (
        <TabChoice
          name="week"
          legend={texts.week.label}
          value={shown.name}
          options={weeks.map((week) => ({ value: week.name, text: say.week(week.dates), note: note(week) }))}
          onChange={(name) => shown.choose(chamber.id, name)}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {weeks.length > 1 ? (
          <p className="text-quiet">{usual ? texts.week.usualLead : texts.week.datedLead}</p>
        ) : null}
        {change ? <WeekButtons shown={shown} change={change} /> : null}
      </div>
    </div>
  );
}

function WeekButtons({ shown, change }: { shown: ShownWeek; change: Change }) {
  const { week: texts } = useStaff().words.hours;
  const say = useHoursWords(shown.visitMinutes);
  const { week, doctorId } = shown;
  const [asked, setAsked] = useState<{ dates: Dates | null; number: number } | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (dates: Dates | null): void => {
    setAsked((last) => ({ dates, number: (last?.number ?? 0) + 1 }));
    setOpen(true);
  };
  const remove = (dates: Dates): void => {
    void change.review({
      title: texts.removeTitle(say.week(dates)),
      route: putWeek,
      input: { params: { id: doctorId }, body: weekBody({ ...week, dates, hours: [] }, shown.basedOn) },
      done: texts.removed,
    });
  };
  const { was } = week;
  return (
    <div className="flex flex-wrap gap-3">
      {isUsual(week.dates) ? (
        <Button type="button" look="secondary" onClick={() => ask(null)}>
          {texts.add}
        </Button>
      ) : (
        <>
          <Button type="button" look="secondary" onClick={() => ask(week.dates)}>
            {texts.change}
          </Button>
          {was ? (
            <Button type="button" look="danger" busy={change.busy} onClick={() => remove(was)}>
              {texts.remove}
            </Button>
          ) : null}
        </>
      )}
      {asked ? (
        <DatesDialog
          key={asked.number}
          dates={asked.dates}
          others={shown.weeks.filter(({ name }) => asked.dates === null || name !== shown.name)}
          open={open}
          onTake={(dates) => {
            setOpen(false);
            if (asked.dates === null) shown.begin(dates);
            else shown.edit((draft) => ({ ...draft, dates }));
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}

/** What should be known of a week before it is opened. */
function useWeekNote(): (week: WeekOption) => string | undefined {
  const { today, words } = useStaff();
  const { hours: texts } = words;
  return ({ drafted, saved, dates }) => {
    if (!saved) return `${texts.week.fresh}, ${texts.unsaved}`;
    if (drafted) return texts.unsaved;
    if (isUsual(dates)) return undefined;
    if (dates.validUntil !== null && dates.validUntil < today()) return texts.week.over;
    return (dates.validFrom ?? '') <= today() ? texts.week.now : undefined;
  };
}
