import { getHistory } from '../../../src/contract/appointments.ts';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Loaded } from '../staff/loaded.tsx';
import { type PastStep, stepWho, whenText } from './desk-words.ts';

/** Every step with who, when and why, the newest on top. */
export function HistoryList({ appointment }: { appointment: DeskAppointment }) {
  const speaker = useStaff();
  const { history } = speaker.words.desk;
  const read = useRead(getHistory, { params: { id: appointment.id } });
  return (
    <Loaded read={read}>
      {({ items }) => (
        <ol aria-labelledby="history">
          {items.toReversed().map((step, index, all) => {
            const before = placeOf(all[index + 1]);
            const place = placeOf(step);
            const moved =
              place &&
              before &&
              (place.period.start !== before.period.start || place.serial !== before.serial);
            return (
              <li key={step.version} className="border-t border-hairline py-2 first:border-t-0">
                <p className="font-semibold">{history.steps[step.step]}</p>
                {moved ? (
                  <p>{history.fromTo(whenText(speaker, before), whenText(speaker, place))}</p>
                ) : place && !before ? (
                  <p>{whenText(speaker, place)}</p>
                ) : null}
                <p className="text-note text-quiet">{stepWho(speaker, step)}</p>
                {step.reason ? <p className="text-note">{history.why(step.reason)}</p> : null}
              </li>
            );
          })}
        </ol>
      )}
    </Loaded>
  );
}

function placeOf(step: PastStep | undefined): Pick<DeskAppointment, 'period' | 'serial'> | null {
  if (!step?.period) return null;
  return { period: step.period, ...(step.serial === null ? {} : { serial: step.serial }) };
}
