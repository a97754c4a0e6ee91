import { useRef } from 'react';
import type { Schedule } from '../../../src/contract/hours.ts';
import { type Arrangement, getArrangement, listSchedules } from '../../../src/contract/schedules.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Note, Notice } from '../../ui/notices.tsx';
import { type Change, useChange } from '../changes/use-change.tsx';
import { DraftBar } from './draft-bar.tsx';
import { useHoursWords } from './hours-words.ts';
import { SaveProblem } from './save-problem.tsx';
import { useShownWeek } from './use-shown-week.ts';
import { WeekChoice } from './week-choice.tsx';
import { WeekDays } from './week-days.tsx';
import { useWeekDialogs } from './week-dialogs.tsx';
import { WeekGrid } from './week-grid.tsx';

/** The weeks of a doctor, chamber by chamber. What is changed stays a draft until it was looked at and saved. */
export function HoursEditor(props: {
  doctorId: number;
  chambers: readonly [Arrangement['chambers'][number], ...Arrangement['chambers']];
  schedules: readonly Schedule[];
}) {
  const { me, language, words } = useStaff();
  const { hours: texts } = words;
  const shown = useShownWeek(props);
  const heading = useRef<HTMLHeadingElement>(null);
  // What was pressed may be gone afterwards.
  const toHeading = (): void => heading.current?.focus();
  const asked = useRef(shown);
  const making = useChange({
    changes: [listSchedules, getArrangement],
    onDone: () => {
      asked.current.settle();
      toHeading();
    },
  });
  const change: Change = {
    ...making,
    // What is open may be another week by the time it is done: after a lost answer the hours are read anew.
    review: (request) => {
      asked.current = shown;
      return making.review(request);
    },
  };
  const dialogs = useWeekDialogs(shown, { onGone: toHeading });
  const mayChange = me.userType !== 'assistant';
  const actions = mayChange ? dialogs.actions : null;
  const { week, chamber, visitMinutes } = shown;
  const say = useHoursWords(visitMinutes);
  return (
    <>
      {mayChange ? null : <Note>{texts.readOnly}</Note>}
      <WeekChoice shown={shown} change={mayChange ? change : null} />
      <section aria-labelledby="hours-week">
        <h2 id="hours-week" ref={heading} tabIndex={-1} className="sr-only">
          {chamberName(language, chamber)}: {say.week(week.dates)}
        </h2>
        <div className="mb-3 grid grid-cols-1 gap-3 empty:hidden">
          {visitMinutes === null ? <Notice tone="waiting">{texts.noFee}</Notice> : null}
          {shown.behind ? <Notice tone="waiting">{texts.behind}</Notice> : null}
          {shown.gone ? <Notice tone="waiting">{texts.gone}</Notice> : null}
          {shown.clashing.size > 0 ? (
            <div role="alert">
              <Notice tone="error">{texts.clashes}</Notice>
            </div>
          ) : null}
          <SaveProblem error={change.error} shown={shown} />
          {week.hours.length === 0 ? (
            <p>
              <strong>{texts.empty}.</strong> {mayChange ? texts.emptyAdvice : null}
            </p>
          ) : null}
        </div>
        <WeekGrid shown={shown} actions={actions} />
        <WeekDays shown={shown} actions={actions} />
        {shown.elsewhere.length > 0 ? (
          <p className="mt-2 text-note text-quiet">{texts.elsewhereNote}</p>
        ) : null}
      </section>
      {dialogs.dialogs}
      {mayChange ? <DraftBar shown={shown} change={change} onGone={toHeading} /> : null}
      {change.dialog}
    </>
  );
}
