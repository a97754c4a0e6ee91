import { Link } from '@tanstack/react-router';
import type { ReportGrouping } from '../../../src/contract/figures.ts';
import { queryOfRows } from '../../lib/figure-address.ts';
import { figureText, type Figure, type FigureValue } from '../../lib/figure-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';

type Within = { groupBy: ReportGrouping; group: string; label: string };

/** A figure, of all or of a group, that opens the rows behind it; nothing is behind none. */
export function FigureLink(props: {
  /** The report's name. */
  report: string;
  figure: Figure;
  value: FigureValue | undefined;
  within?: Within;
  /** Where it stands: from the right, as in a column of numbers; from the left; or filling a cell, without an underline. */
  place?: keyof typeof places;
}) {
  const { words, language } = useStaff();
  const { query } = useScreenQuery();
  const { figure, value, within, place = 'right' } = props;
  // Sums of several currencies are long, and so are days, hours and minutes in a cell.
  const wraps = (Array.isArray(value) && value.length > 1) || (place === 'cell' && figure.kind === 'minutes');
  const text = figureText(language, figure.kind, value);
  if (text === '–')
    return (
      <>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{words.figures.nothing}</span>
      </>
    );
  if (value === 0 && figure.kind === 'count') return text;
  const title = figure.title[language];
  return (
    <Link
      to="/reports/$report/appointments"
      params={{ report: props.report }}
      search={queryOfRows(query, figure.name, within && { groupBy: within.groupBy, group: within.group })}
      aria-label={words.reports.rowsOf(within ? `${within.label}, ${title}` : title, text)}
      data-block={place === 'cell' || undefined}
      className={`${places[place]} ${wraps ? '' : 'whitespace-nowrap'}`}
    >
      {text}
    </Link>
  );
}

const places = {
  right: 'link inline-flex min-h-9 min-w-9 items-center justify-end',
  left: 'link inline-flex min-h-9 min-w-9 items-center',
  cell: 'flex min-h-10 items-center justify-center leading-tight text-inherit no-underline hover:underline',
} as const;
