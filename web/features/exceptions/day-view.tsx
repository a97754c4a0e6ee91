import type { Exception } from '../../../src/contract/exceptions.ts';
import type { DoctorDay } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notices.tsx';
import { explain } from '../staff/explain.ts';
import { FormActions } from '../staff/form.tsx';
import { ExceptionRow } from './exception-row.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { Mark } from './mark.tsx';
import { useTakeBack } from './use-take-back.ts';

/** All that stands on one day, and what can be done about it. */
export function DayView(props: {
  doctorId: number;
  day: DoctorDay;
  say: ExceptionWords;
  severalChambers: boolean;
  mayChange: boolean;
  onTimeOff: () => void;
  onOtherHours: () => void;
  onChange: (exception: Exception) => void;
  onDone: () => void;
}) {
  const { words, today } = useStaff();
  const { timeOff: texts } = words;
  const { doctorId, day, say } = props;
  const back = useTakeBack({ doctorId, say, onDone: props.onDone });
  const past = day.date < today();
  const changeable = props.mayChange && !past;
  const exceptions = [...day.timeOff.map(({ exception }) => exception), ...day.otherHours];
  return (
    <div className="grid grid-cols-1 gap-5">
      {back.error ? (
        <div role="alert">
          <Notice tone="error">{explain(words, back.error).text}</Notice>
        </div>
      ) : null}
      {day.holidays.length > 0 ? <HolidaysOfDay {...props} /> : null}
      <HoursOfDay {...props} />
      {exceptions.length > 0 ? (
        <ul>
          {exceptions.map((exception) => (
            <ExceptionRow
              key={exception.id}
              exception={exception}
              say={say}
              severalChambers={props.severalChambers}
              busy={back.busy}
              onChange={changeable ? () => props.onChange(exception) : undefined}
              onTakeBack={changeable ? () => back.takeBack(exception) : undefined}
            />
          ))}
        </ul>
      ) : null}
      {past ? <p className="text-quiet">{texts.day.past}</p> : null}
      {changeable ? (
        <FormActions>
          <Button type="button" onClick={props.onTimeOff}>
            {texts.day.takeOff}
          </Button>
          <Button type="button" look="secondary" onClick={props.onOtherHours}>
            {texts.day.setOther}
          </Button>
        </FormActions>
      ) : null}
      {back.dialog}
    </div>
  );
}

function HoursOfDay({
  day,
  say,
  severalChambers,
}: Pick<Parameters<typeof DayView>[0], 'day' | 'say' | 'severalChambers'>) {
  const { timeOff: texts } = useStaff().words;
  if (day.sittings.length === 0) return <p>{texts.day.noHours}</p>;
  return (
    <section>
      <h3 className="font-semibold">{texts.day.hours}</h3>
      <ul>
        {day.sittings.map((sitting) => (
          <li key={`${sitting.chamberId} ${sitting.from}`} className="border-b border-hairline py-2">
            <span className={sitting.left === 'none' ? 'text-quiet line-through' : ''}>
              {say.hours(sitting)}
            </span>
            {sitting.left === 'none' ? ` · ${texts.marks.notHeld}` : null}
            {sitting.left === 'some' ? ` · ${texts.marks.partlyHeld}` : null}
            <span className="block text-note text-quiet">
              {[
                ...(severalChambers ? [say.chamber(sitting.chamberId)] : []),
                say.mode(sitting),
                ...(sitting.by === 'dated' ? [texts.marks.dated] : []),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function HolidaysOfDay({ day, say }: Pick<Parameters<typeof DayView>[0], 'day' | 'say'>) {
  const { timeOff: texts } = useStaff().words;
  return (
    <ul className="grid grid-cols-1 gap-2">
      {day.holidays.map((holiday) => (
        <li key={holiday.id}>
          <Mark kind={holiday.tentative ? 'tentative' : 'holiday'}>
            {`${holiday.tentative ? texts.marks.tentative : texts.marks.holiday}: ${say.holiday(holiday)}`}
            {holiday.chamberId === null ? '' : ` · ${say.chamber(holiday.chamberId)}`}
          </Mark>
          {holiday.tentative ? <p className="mt-1 text-note text-quiet">{texts.coming.tentative}</p> : null}
        </li>
      ))}
    </ul>
  );
}
