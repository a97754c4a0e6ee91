import { getOverview } from '../../../src/contract/overview.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { formatTime, homeWall, wallTime } from '../../lib/times.ts';
import { Columns, SectionHeading } from '../../ui/layout.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { AttentionList } from './attention-list.tsx';
import { DayBoard } from './day-board.tsx';

const everyMs = 20_000;

/** For administrators: how today stands and what waits for a person, looked at again and again. */
export function OverviewBoard() {
  const { words, language } = useStaff();
  const { overview } = words;
  const read = useRead(getOverview, {}, { everyMs });
  return (
    <div className="mb-10">
      <Loaded read={read}>
        {({ at, today, attention }) => (
          <Columns
            asideFirst
            main={
              <section aria-labelledby="today">
                <SectionHeading id="today">{overview.today}</SectionHeading>
                <p className="mb-3 text-note text-quiet">
                  {overview.at(formatTime(language, wallTime(homeWall(at))))}
                </p>
                <DayBoard today={today} />
              </section>
            }
            aside={
              <section aria-labelledby="attention" aria-live="polite">
                <SectionHeading id="attention">{overview.attention}</SectionHeading>
                <AttentionList attention={attention} />
              </section>
            }
          />
        )}
      </Loaded>
    </div>
  );
}
