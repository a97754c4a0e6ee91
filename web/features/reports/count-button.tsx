import { countReport } from '../../../src/contract/counts.ts';
import { figureReports, type FigureReportName } from '../../../src/contract/figures.ts';
import { getWork, listWorks } from '../../../src/contract/works.ts';
import { filtersOf, readFigureAddress } from '../../lib/figure-address.ts';
import { unitOf } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { explain } from '../staff/explain.ts';
import { useScreenQuery } from '../staff/screen-query.ts';
import { useGrouping } from './use-grouping.ts';

/** Has all that a report's screen can show counted in the background, and shows how far it is in its place. */
export function CountButton(props: {
  name: FigureReportName;
  text?: string;
  look?: 'primary' | 'secondary';
}) {
  const { name, text, look = 'primary' } = props;
  const { me, words, today } = useStaff();
  const { apart } = words.figures;
  const { query, change } = useScreenQuery();
  const address = readFigureAddress(query, today());
  const { period, compare } = address;
  const { choices } = useGrouping(name);
  const unit = figureReports[name].groupings.find((grouping) => grouping === unitOf(period));
  const { send, busy, error } = useWrite(countReport, { changes: [listWorks, getWork] });
  const start = async (): Promise<void> => {
    const groupBy = [...(unit ? [unit] : []), ...choices];
    const begun = await send({
      params: { name },
      body: { ...filtersOf(address, me.userType), ...(groupBy.length > 0 ? { groupBy } : {}), compare },
    });
    // Own dates: the same report tomorrow.
    if (begun) change({ period: null, from: period.from, to: period.to, work: String(begun.work.id) });
  };
  return (
    <div>
      <Button type="button" look={look} busy={busy} pending={apart.asking} onClick={() => void start()}>
        {text ?? apart.count}
      </Button>
      <Failure text={error ? explain(words, error).text : null} className="mt-2 max-w-96" />
    </div>
  );
}
