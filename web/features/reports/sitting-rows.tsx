import { listOfferedSittings, type FigureOf, type OfferedSitting } from '../../../src/contract/figures.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import { formatShortDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { DataTable, type Column } from '../../ui/table.tsx';
import { LoadedPages } from '../staff/loaded.tsx';
import { useTooManyRows } from './use-too-much.ts';

type Query = Omit<RouteInput<typeof listOfferedSittings>['query'], 'figure'>;
const counts = ['places', 'filled', 'came', 'missed', 'free'] as const satisfies FigureOf<'capacity'>[];

/** The sittings that a figure of the use of capacity is the sum of. */
export function SittingRows(props: {
  figure: FigureOf<'capacity'>;
  titles: Readonly<Record<string, string>>;
  query: Query;
}) {
  const { me, words, language } = useStaff();
  const { rows } = words.reports;
  const { columns, sittings } = words.figures.rows;
  const { figure, titles } = props;
  const read = useReadPages(listOfferedSittings, { query: { ...props.query, figure, limit: 50 } });
  const shown: Column<OfferedSitting>[] = [
    {
      name: 'when',
      head: rows.columns.when,
      render: ({ startsAt }) =>
        `${formatShortDate(language, wallDate(startsAt))}, ${formatTime(language, wallTime(startsAt))}`,
    },
    { name: 'chamber', head: rows.columns.chamber, render: ({ chamber }) => localName(language, chamber) },
    ...(me.userType === 'admin'
      ? [
          {
            name: 'doctor',
            head: columns.doctor,
            render: ({ doctor }: OfferedSitting) => doctorName(language, doctor),
          },
        ]
      : []),
    ...counts.map((name) => ({
      name,
      head: titles[name] ?? name,
      numeric: true,
      render: (row: OfferedSitting) => digits(language, row[name]),
    })),
  ];
  return (
    <LoadedPages read={read} more={rows.more} skeleton={<Skeleton rows={8} />} explain={useTooManyRows()}>
      {(items, { all }) =>
        items.length === 0 ? (
          <Empty title={sittings.noneTitle}>{rows.none}</Empty>
        ) : (
          <>
            <output className="mb-3 block">
              {all
                ? sittings.all(digits(language, items.length))
                : sittings.first(digits(language, items.length))}
            </output>
            <DataTable
              caption={rows.title(titles[figure] ?? figure)}
              rows={items}
              keyOf={({ id }) => id}
              columns={shown}
            />
          </>
        )
      }
    </LoadedPages>
  );
}

/** A figure of that report, by its name. */
export const capacityFigure = (name: string): FigureOf<'capacity'> | undefined =>
  [...counts, 'filledShare' as const].find((each) => each === name);
