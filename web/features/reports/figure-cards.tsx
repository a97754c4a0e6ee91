import { Link } from '@tanstack/react-router';
import {
  reportStatuses,
  statusNames,
  type Figures,
  type ReportStatus,
} from '../../../src/contract/reports.ts';
import type { AppointmentReport } from '../../../src/contract/figures.ts';
import type { Money } from '../../lib/money.ts';
import { valueText } from '../../lib/report-figures.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Where the appointments behind a figure are: of a version, or as the books stand, of a report over any dates. */
export type Rows = { report: AppointmentReport | null; query: Record<string, string> };

type Card = { name: string; value: number | Money; means?: string; rows: Rows };

/** Figures beside each other, each with what it means. */
export function FigureCards({ cards }: { cards: readonly Card[] }) {
  return (
    <ul className={`mb-6 grid grid-cols-1 gap-4 ${cards.length === 4 ? 'md:grid-cols-2' : 'md:grid-cols-3'}`}>
      {cards.map(({ name, value, means, rows }) => (
        <li key={name} className="border border-hairline border-t-2 border-t-green bg-white px-4 pt-3 pb-4">
          <p className="font-semibold">{name}</p>
          <p className="text-display font-semibold tabular-nums">
            <Value name={name} value={value} rows={rows} />
          </p>
          {means ? <p className="mt-1 text-note text-quiet">{means}</p> : null}
        </li>
      ))}
    </ul>
  );
}

/** How many appointments of the month stand how. */
export function StatusCounts(props: {
  statuses: Figures['statuses'];
  means: string;
  rowsOf(status: ReportStatus): Rows;
}) {
  const { words, language } = useStaff();
  const { rowsOf } = props;
  return (
    <Panel id="statuses" title={words.reports.statuses}>
      <p className="mb-3 max-w-160 text-note text-quiet">{props.means}</p>
      <dl className="grid grid-cols-1 gap-x-10 sm:grid-cols-2 lg:grid-cols-4">
        {reportStatuses.map((status) => (
          <div
            key={status}
            className="flex min-h-12 items-center justify-between gap-3 border-t border-hairline"
          >
            <dt>{statusNames[language][status]}</dt>
            <dd className="font-semibold tabular-nums">
              <Value
                name={statusNames[language][status]}
                value={props.statuses[status]}
                rows={rowsOf(status)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Value({ name, value, rows }: Pick<Card, 'name' | 'value' | 'rows'>) {
  const { words, language } = useStaff();
  const text = valueText(language, value);
  const link = {
    search: rows.query,
    'aria-label': words.reports.rowsOf(name, text),
    className: 'link inline-flex min-h-11 min-w-11 items-center justify-end whitespace-nowrap',
  };
  return rows.report === null ? (
    <Link to="/reports/appointments" {...link}>
      {text}
    </Link>
  ) : (
    <Link to="/reports/$report/appointments" params={{ report: rows.report }} {...link}>
      {text}
    </Link>
  );
}
