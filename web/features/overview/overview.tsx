import { getOverview } from '../../../src/contract/overview.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { formatTime, homeWall, wallTime } from '../../lib/times.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { AttentionList } from './attention-list.tsx';
import { DayBoard } from './day-board.tsx';

const everyMs = 20_000;

/** For administrators: what waits for a person and how today stands, looked at again and again. */
export function OverviewBoard() {
  const { words, language } = useStaff();
  const { overview } = words;
  const read = useRead(getOverview, {}, { everyMs });
  return (
    <div className="mb-10 grid grid-cols-1 gap-8">
      <Loaded read={read}>
        {({ at, today, attention }) => (
          <>
            <section aria-labelledby="attention" aria-live="polite" className="max-w-160">
              <SectionHeading id="attention">{overview.attention}</SectionHeading>
              <AttentionList attention={attention} />
            </section>
            <section aria-labelledby="today">
              <SectionHeading id="today">{overview.today}</SectionHeading>
              <p className="mb-3 text-note text-quiet">
                {overview.at(formatTime(language, wallTime(homeWall(at))))}
              </p>
              <DayBoard today={today} />
            </section>
          </>
        )}
      </Loaded>
    </div>
  );
}
