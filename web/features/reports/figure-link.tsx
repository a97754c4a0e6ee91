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
  /** A link that fills its cell has no underline. */
  fills?: boolean;
}) {
  const { words, language } = useStaff();
  const { query } = useScreenQuery();
  const { figure, value, within } = props;
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
      data-block={props.fills || undefined}
      className={
        props.fills
          ? 'flex min-h-10 items-center justify-center text-inherit no-underline hover:underline'
          : 'link inline-flex min-h-9 min-w-9 items-center justify-end'
      }
    >
      {text}
    </Link>
  );
}
