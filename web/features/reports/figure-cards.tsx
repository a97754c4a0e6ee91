import { Link } from '@tanstack/react-router';
import {
  reportStatuses,
  statusNames,
  type Figures,
  type ReportFigure,
} from '../../../src/contract/reports.ts';
import type { Money } from '../../lib/money.ts';
import { valueText } from '../../lib/report-figures.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';

/** The query of the appointments behind a figure; null where they cannot be opened. */
export type RowsOf = ((figure: ReportFigure) => Record<string, string>) | null;

type Card = { figure: ReportFigure | null; name: string; value: number | Money; means?: string };

/** Figures beside each other, each with what it means. */
export function FigureCards({ cards, rowsOf }: { cards: readonly Card[]; rowsOf: RowsOf }) {
  return (
    <ul className={`mb-6 grid grid-cols-1 gap-4 ${cards.length === 4 ? 'md:grid-cols-2' : 'md:grid-cols-3'}`}>
      {cards.map(({ figure, name, value, means }) => (
        <li key={name} className="border border-hairline border-t-2 border-t-green bg-white px-4 pt-3 pb-4">
          <p className="font-semibold">{name}</p>
          <p className="text-display font-semibold tabular-nums">
            <Value name={name} value={value} query={figure && rowsOf ? rowsOf(figure) : null} />
          </p>
          {means ? <p className="mt-1 text-note text-quiet">{means}</p> : null}
        </li>
      ))}
    </ul>
  );
}

/** How many appointments of the month stand how. */
export function StatusCounts(props: { statuses: Figures['statuses']; means: string; rowsOf: RowsOf }) {
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
                query={rowsOf ? rowsOf(status) : null}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Value(props: { name: string; value: number | Money; query: Record<string, string> | null }) {
  const { words, language } = useStaff();
  const text = valueText(language, props.value);
  if (!props.query) return text;
  return (
    <Link
      to="/reports/appointments"
      search={props.query}
      aria-label={words.reports.rowsOf(props.name, text)}
      className="link inline-flex min-h-11 min-w-11 items-center justify-end whitespace-nowrap"
    >
      {text}
    </Link>
  );
}
