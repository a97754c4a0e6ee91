import type { FigureReport } from '../../../src/contract/figures.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';
import { FigureLink } from './figure-link.tsx';
import { changeOf } from './headline.tsx';

/** Every figure of a report with what it means, and what the report looks at. */
export function AllFigures({ report }: { report: FigureReport }) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { definitions, before } = report;
  return (
    <Panel id="all" title={words.figures.all.title}>
      <p className="mb-2 max-w-160">{definitions.about[language]}</p>
      {definitions.since ? <p className="mb-2 max-w-160">{definitions.since[language]}</p> : null}
      <p className="mb-4 max-w-160 text-note text-quiet">{definitions.period[language]}</p>
      <dl className="figures">
        {report.figures.map((figure) => (
          <div
            key={figure.name}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-t border-hairline py-2 md:grid-cols-[13rem_minmax(0,1fr)_auto]"
          >
            <dt className="font-semibold">{figure.title[language]}</dt>
            <dd className="text-right tabular-nums md:col-start-3">
              <FigureLink report={report.name} figure={figure} value={report.totals[figure.name]} />
            </dd>
            {before ? (
              <dd className="col-span-2 text-note font-semibold md:col-span-1 md:col-start-3 md:max-w-64 md:text-right md:font-normal">
                {changeOf(speaker, report, figure)}
              </dd>
            ) : null}
            <dd className="col-span-2 text-note text-quiet md:col-span-1 md:col-start-2 md:row-span-2 md:row-start-1">
              {figure.means[language]}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
