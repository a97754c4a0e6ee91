import { type Exception, listExceptions, listHolidays } from '../../../src/contract/exceptions.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { focusHeading } from '../../ui/focus-heading.ts';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { explain } from '../staff/explain.ts';
import { Loaded } from '../staff/loaded.tsx';
import { ExceptionRow } from './exception-row.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { HolidaysAhead } from './holidays-ahead.tsx';
import { useTakeBack } from './use-take-back.ts';

type Props = {
  doctorId: number;
  say: ExceptionWords;
  severalChambers: boolean;
  /** Undefined for those who may only look. */
  onChange?: ((exception: Exception) => void) | undefined;
};

/** What differs from the usual hours from today on, by date. */
export function Coming(props: Props) {
  const { today } = useStaff();
  const from = today();
  const exceptions = useRead(listExceptions, { params: { id: props.doctorId }, query: { from } });
  const holidays = useRead(listHolidays, { query: { from } });
  return (
    <>
      <Loaded read={exceptions}>{({ items }) => <ComingList {...props} exceptions={items} />}</Loaded>
      <Loaded read={holidays}>{({ items }) => <HolidaysAhead holidays={items} say={props.say} />}</Loaded>
    </>
  );
}

function ComingList(props: Props & { exceptions: readonly Exception[] }) {
  const { words } = useStaff();
  const { coming } = words.timeOff;
  const { doctorId, say, onChange } = props;
  // What was pressed is gone with its row.
  const back = useTakeBack({ doctorId, say, onDone: () => focusHeading('coming') });
  return (
    <Panel title={coming.title} id="coming">
      {back.error ? (
        <div role="alert">
          <Notice tone="error">{explain(words, back.error).text}</Notice>
        </div>
      ) : null}
      {props.exceptions.length === 0 ? (
        <p className="border-t border-hairline pt-3">
          {coming.none}. <span className="text-quiet">{coming.noneAdvice}</span>
        </p>
      ) : (
        <ul aria-labelledby="coming">
          {props.exceptions.map((exception) => (
            <ExceptionRow
              key={exception.id}
              exception={exception}
              say={say}
              severalChambers={props.severalChambers}
              busy={back.busy}
              onChange={onChange && (() => onChange(exception))}
              onTakeBack={onChange && (() => back.takeBack(exception))}
            />
          ))}
        </ul>
      )}
      {back.dialog}
    </Panel>
  );
}
