import type { Exception } from '../../../src/contract/exceptions.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { Mark } from './mark.tsx';

/** Time off or other hours with all that they say, and what can be done with them; nothing where `onChange` is left out. */
export function ExceptionRow(props: {
  exception: Exception;
  say: ExceptionWords;
  severalChambers: boolean;
  busy: boolean;
  onChange?: (() => void) | undefined;
  onTakeBack?: (() => void) | undefined;
}) {
  const { exception, say, onChange, onTakeBack } = props;
  const { timeOff: texts } = useWords();
  const what = say.exception(exception);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-hairline py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {exception.kind === 'time_off' ? (
            <Mark kind="timeOff">{texts.marks.timeOff}</Mark>
          ) : (
            <Mark kind="otherHours">{texts.marks.otherHours}</Mark>
          )}
          <span className="font-semibold">{say.dates(exception)}</span>
        </p>
        {exception.kind === 'other_hours' ? (
          <ul>
            {exception.hours.map((hours) => (
              <li key={hours.from}>
                {say.hours(hours)} <span className="text-quiet">· {say.mode(hours)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {props.severalChambers || exception.note ? (
          <p className="text-quiet">
            {[
              ...(props.severalChambers ? [say.chamber(exception.chamberId)] : []),
              ...(exception.note ? [exception.note] : []),
            ].join(' · ')}
          </p>
        ) : null}
      </div>
      {onChange && onTakeBack ? (
        <div className="flex flex-wrap gap-2">
          <Button
            type="button"
            look="secondary"
            size="dense"
            label={texts.changeWhat(what)}
            onClick={onChange}
          >
            {texts.change}
          </Button>
          <Button
            type="button"
            look="secondary"
            size="dense"
            label={texts.takeBackWhat(what)}
            busy={props.busy}
            onClick={onTakeBack}
          >
            {texts.takeBack}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
