import { useCallback, useState } from 'react';
import { listExceptions, listHolidays } from '../../../src/contract/exceptions.ts';
import type { Schedule } from '../../../src/contract/hours.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { monthIn } from '../../lib/calendar-search.ts';
import { datesToRead } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Skeleton } from '../../ui/states.tsx';
import { useDoctorId } from '../staff/doctor-id.ts';
import { Loaded } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { Coming } from './coming-list.tsx';
import { ExceptionDialog, type Step, stepToChange } from './exception-dialog.tsx';
import { useExceptionWords } from './exception-words.ts';
import { MonthCalendar, MonthLinks } from './month-calendar.tsx';

export type UsualHours = { chambers: Arrangement['chambers']; schedules: readonly Schedule[] };

/** The month that the address names, what is coming, and the dialog that both open. */
export function TimeOffCalendar(
  props: UsualHours & {
    mayChange: boolean;
    dialog: { open: boolean; step: Step };
    onStep: (step: Step) => void;
    onClose: () => void;
  },
) {
  const { chambers, schedules, mayChange, dialog, onStep } = props;
  const { today } = useStaff();
  const doctorId = useDoctorId();
  const { query, change } = useScreenQuery();
  const [arriveAt, setArriveAt] = useState<string | null>(null);
  const forgetArrival = useCallback(() => setArriveAt(null), []);
  const month = monthIn(query, today());
  const dates = datesToRead(month);
  const exceptions = useRead(listExceptions, { params: { id: doctorId }, query: dates });
  const holidays = useRead(listHolidays, { query: dates });
  const calendar = {
    schedules,
    exceptions: exceptions.data?.items ?? [],
    holidays: holidays.data?.items ?? [],
  };
  const say = useExceptionWords(chambers);
  const shared = { say, severalChambers: chambers.length > 1 };
  const skeleton = <Skeleton rows={5} rowHeight="panel" />;
  return (
    <>
      <MonthLinks month={month} />
      <Loaded read={exceptions} skeleton={skeleton}>
        {() => (
          <Loaded read={holidays} skeleton={skeleton}>
            {() => (
              <MonthCalendar
                // Another month is another calendar, with the focus where the keys led.
                key={month}
                {...shared}
                month={month}
                calendar={calendar}
                arriveAt={arriveAt?.startsWith(month) ? arriveAt : null}
                onArrive={forgetArrival}
                onPress={(date) => onStep({ what: 'day', date })}
                onOtherMonth={(date) => {
                  setArriveAt(date);
                  change({ month: date.slice(0, 7) });
                }}
              />
            )}
          </Loaded>
        )}
      </Loaded>
      <div className="mt-8">
        <Coming
          {...shared}
          doctorId={doctorId}
          onChange={mayChange ? (exception) => onStep(stepToChange(exception)) : undefined}
        />
      </div>
      <ExceptionDialog
        say={say}
        chambers={chambers}
        mayChange={mayChange}
        doctorId={doctorId}
        calendar={calendar}
        step={dialog.step}
        open={dialog.open}
        onStep={onStep}
        onClose={props.onClose}
      />
    </>
  );
}
