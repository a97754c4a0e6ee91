import { Link } from '@tanstack/react-router';
import type { Holiday } from '../../../src/contract/exceptions.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { Mark } from './mark.tsx';

const shown = 6;

/** The next holidays, which close the doctor's days without anybody's doing. */
export function HolidaysAhead({ holidays, say }: { holidays: readonly Holiday[]; say: ExceptionWords }) {
  const { words, me } = useStaff();
  const { coming, marks } = words.timeOff;
  return (
    <Panel
      title={coming.holidays}
      id="holidays-ahead"
      actions={
        me.userType === 'admin' ? (
          <Link to="/holidays" className="link inline-flex min-h-12 items-center">
            {coming.allHolidays}
          </Link>
        ) : null
      }
    >
      {holidays.length === 0 ? <p className="text-quiet">{coming.noHolidays}</p> : null}
      <ul aria-labelledby="holidays-ahead">
        {holidays.slice(0, shown).map((holiday) => (
          <li key={holiday.id} className="border-t border-hairline py-3">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-semibold">{say.dates(holiday)}</span>
              <span>{say.holiday(holiday)}</span>
              {holiday.tentative ? <Mark kind="tentative">{marks.tentative}</Mark> : null}
            </p>
            {holiday.tentative ? <p className="text-note text-quiet">{coming.tentative}</p> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
