import { type ReactNode, useEffect, useRef } from 'react';
import type { Exception } from '../../../src/contract/exceptions.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { type DoctorCalendar, type OtherHours, readDay, type TimeOff } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DayView } from './day-view.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { OtherHoursForm } from './other-hours-form.tsx';
import { TimeOffForm } from './time-off-form.tsx';

/** A day, or a form for time off or other hours: `date` is the day a new one begins with. */
export type Step =
  | { what: 'day'; date: string }
  | { what: 'time_off'; old: TimeOff | null; date: string | null }
  | { what: 'other_hours'; old: OtherHours | null; date: string | null };

export const stepToChange = (exception: Exception): Step =>
  exception.kind === 'time_off'
    ? { what: 'time_off', old: exception, date: null }
    : { what: 'other_hours', old: exception, date: null };

/** Where a day leads to a form, the form takes its place. */
export function ExceptionDialog(props: {
  step: Step;
  open: boolean;
  onStep: (step: Step) => void;
  onClose: () => void;
  doctorId: number;
  calendar: DoctorCalendar;
  chambers: Arrangement['chambers'];
  say: ExceptionWords;
  mayChange: boolean;
}) {
  const { step, onClose } = props;
  const title = useTitle(step);
  return (
    <Dialog title={title} open={props.open} onClose={onClose} form={step.what !== 'day'}>
      <Arrival key={`${step.what} ${'date' in step ? step.date : ''}`} later={step.what !== 'day'}>
        <StepContent {...props} />
      </Arrival>
    </Dialog>
  );
}

function StepContent(props: Parameters<typeof ExceptionDialog>[0]) {
  const { step, onStep, onClose, calendar, ...shared } = props;
  const after = { onClose, onDone: onClose };
  switch (step.what) {
    case 'day':
      return (
        <DayView
          {...shared}
          day={readDay(calendar, step.date)}
          severalChambers={props.chambers.length > 1}
          onTimeOff={() => onStep({ what: 'time_off', old: null, date: step.date })}
          onOtherHours={() => onStep({ what: 'other_hours', old: null, date: step.date })}
          onChange={(exception) => onStep(stepToChange(exception))}
          onDone={onClose}
        />
      );
    case 'time_off':
      return <TimeOffForm {...shared} {...after} old={step.old} date={step.date} />;
    case 'other_hours':
      return <OtherHoursForm {...shared} {...after} calendar={calendar} old={step.old} date={step.date} />;
    default:
      return step satisfies never;
  }
}

/** What comes in another's place takes the focus that was in it. */
function Arrival(props: { later: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.later) box.current?.focus({ preventScroll: true });
  }, [props.later]);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {props.children}
    </div>
  );
}

function useTitle(step: Step): string {
  const { words, language } = useStaff();
  const { form } = words.timeOff;
  switch (step.what) {
    case 'day':
      return formatDateWithYear(language, step.date);
    case 'time_off':
      return step.old ? form.changeTimeOff : form.newTimeOff;
    case 'other_hours':
      return step.old ? form.changeOtherHours : form.newOtherHours;
    default:
      return step satisfies never;
  }
}
