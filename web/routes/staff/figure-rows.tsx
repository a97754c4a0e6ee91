import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  figureReports,
  listFigureAppointments,
  type AppointmentReport,
  type FigureReport,
  type FigureReportName,
  type FigureRow,
  type ReportGrouping,
} from '../../../src/contract/figures.ts';
import { ExportRows } from '../../features/exports/export-rows.tsx';
import { CountButton } from '../../features/reports/count-button.tsx';
import { Counted } from '../../features/reports/counted.tsx';
import { ReportFacts } from '../../features/reports/report-facts.tsx';
import { rowColumns } from '../../features/reports/row-columns.tsx';
import { capacityFigure, SittingRows } from '../../features/reports/sitting-rows.tsx';
import { useReport } from '../../features/reports/use-report.ts';
import { useTooManyRows, useTooMuch } from '../../features/reports/use-too-much.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded, LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { digits } from '../../lib/digits.ts';
import {
  figureNamed,
  filtersOf,
  queryWithoutRows,
  readFigureAddress,
  reportNamed,
} from '../../lib/figure-address.ts';
import { durationText, figureText, type Figure } from '../../lib/figure-values.ts';
import { formatMoney, sumMoney } from '../../lib/money.ts';
import { doctorName } from '../../lib/names.ts';
import { useStaff, type Staff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { DataTable, type Column } from '../../ui/table.tsx';

/** The appointments that a figure of a report, or of one of its groups, is made of. */
export function FigureRows() {
  const { today } = useStaff();
  const { report } = useParams({ from: '/reports/$report/appointments' });
  const { figure } = readFigureAddress(useScreenQuery().query, today());
  const name = reportNamed(figureReports, report);
  return name === null || figure === null ? <NotFound /> : <OfFigure name={name} asked={figure} />;
}

function OfFigure({ name, asked }: { name: FigureReportName; asked: string }) {
  const { me, words, language, today } = useStaff();
  const { rows } = words.reports;
  const { query } = useScreenQuery();
  const address = readFigureAddress(query, today());
  const by = figureReports[name].groupings.find((grouping) => grouping === address.groupBy);
  const within = by && address.group ? { groupBy: by, group: address.group } : {};
  const filters = filtersOf(address, me.userType);
  const titles: Readonly<Record<string, Figure['title']>> = Object.fromEntries(
    Object.entries(figureReports[name].figures).map(([figure, { title }]) => [figure, title]),
  );
  return (
    <>
      <p data-screen-only className="mb-2">
        <Link
          to="/reports/$report"
          params={{ report: name }}
          search={queryWithoutRows(query)}
          className="link inline-flex min-h-11 items-center"
        >
          {rows.back}
        </Link>
      </p>
      <Page title={rows.title(titles[asked]?.[language] ?? asked)}>
        <Counted name={name}>
          <Told name={name} by={by ?? null}>
            {(report) => {
              const figure = figureNamed(report, asked);
              return figure ? (
                <Behind name={name} report={report} figure={figure} filters={filters} within={within} />
              ) : (
                <Empty title={words.figures.rows.unknown} />
              );
            }}
          </Told>
        </Counted>
      </Page>
    </>
  );
}

function Told(props: {
  name: FigureReportName;
  by: ReportGrouping | null;
  children: (report: FigureReport) => ReactNode;
}) {
  const { name, by } = props;
  const read = useReport(name, by);
  const explain = useTooMuch();
  return (
    <Loaded read={read} skeleton={<Skeleton rows={8} />} explain={explain} way={<CountButton name={name} />}>
      {props.children}
    </Loaded>
  );
}

function Behind(props: {
  name: FigureReportName;
  report: FigureReport;
  figure: Figure;
  filters: ReturnType<typeof filtersOf>;
  within: { groupBy?: ReportGrouping; group?: string };
}) {
  const { words, language, today } = useStaff();
  const { workId } = readFigureAddress(useScreenQuery().query, today());
  const { name, report, figure, within } = props;
  const group = report.groups.find(({ key }) => key === within.group);
  const value = (group?.values ?? report.totals)[figure.name];
  const query = { ...props.filters, ...within };
  const ofSittings = name === 'capacity' ? capacityFigure(figure.name) : undefined;
  return (
    <>
      <ReportFacts report={report} />
      {group ? <p className="mb-3 font-semibold">{group.label[language]}</p> : null}
      <p className="text-title font-semibold tabular-nums">{figureText(language, figure.kind, value)}</p>
      <p className="mb-4 max-w-160 text-note text-quiet">
        {figure.means[language]} {figure.kind === 'minutes' ? words.figures.rows.measured : null}{' '}
        {workId === null ? words.figures.rows.now : words.figures.rows.since}
      </p>
      {value === 0 || value === null ? null : (
        <ExportRows report={name} rows={{ ...query, figure: figure.name }} />
      )}
      {name !== 'capacity' ? (
        <AppointmentRows name={name} figure={figure} query={query} />
      ) : ofSittings ? (
        <SittingRows
          figure={ofSittings}
          titles={Object.fromEntries(report.figures.map((each) => [each.name, each.title[language]]))}
          query={query}
        />
      ) : null}
    </>
  );
}

function AppointmentRows(props: {
  name: AppointmentReport;
  figure: Figure;
  query: ReturnType<typeof filtersOf> & { groupBy?: ReportGrouping; group?: string };
}) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { rows } = words.reports;
  const { name, figure } = props;
  const read = useReadPages(listFigureAppointments, {
    params: { name },
    query: { ...props.query, figure: figure.name, limit: 50 },
  });
  return (
    <LoadedPages read={read} more={rows.more} skeleton={<Skeleton rows={8} />} explain={useTooManyRows()}>
      {(items, { all }) =>
        items.length === 0 ? (
          <Empty title={rows.noneTitle}>{rows.none}</Empty>
        ) : (
          <>
            <output className="mb-3 block">
              {all ? countText(speaker, figure, items) : rows.first(digits(language, items.length))}
            </output>
            <DataTable
              caption={rows.title(figure.title[language])}
              rows={items}
              keyOf={({ id }) => id}
              columns={rowColumns<FigureRow>(speaker, ownColumns(speaker, figure, items))}
            />
          </>
        )
      }
    </LoadedPages>
  );
}

/** How the rows make the figure: shown once all are there. */
function countText(
  { words, language }: Pick<Staff, 'words' | 'language'>,
  { kind }: Figure,
  items: readonly FigureRow[],
): string {
  const texts = words.figures.rows;
  const count = words.reports.rows.all(digits(language, items.length));
  if (kind === 'share') {
    const part = items.filter(({ counted }) => counted).length;
    return texts.part(digits(language, part), digits(language, items.length));
  }
  if (kind !== 'money') return count;
  const amounts = items.flatMap(({ amount }) => amount ?? []);
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  const sums = currencies.map((one) =>
    formatMoney(language, sumMoney(amounts.filter(({ currency }) => currency === one))),
  );
  return `${count} · ${texts.sum(sums.join(' + '))}`;
}

function ownColumns(
  { me, words, language }: Pick<Staff, 'me' | 'words' | 'language'>,
  { kind }: Figure,
  items: readonly FigureRow[],
): Column<FigureRow>[] {
  const { columns, counted: isCounted } = words.figures.rows;
  const found: Column<FigureRow>[] = [];
  if (me.userType === 'admin')
    found.push({
      name: 'doctor',
      head: columns.doctor,
      render: ({ doctor }) => doctorName(language, doctor),
    });
  if (items.some(({ minutes }) => minutes !== null))
    found.push({
      name: 'minutes',
      head: columns.minutes,
      numeric: true,
      render: ({ minutes }) => (minutes === null ? '–' : durationText(language, minutes)),
    });
  if (kind === 'share')
    found.push({
      name: 'counted',
      head: columns.counted,
      render: ({ counted }) => (counted ? isCounted.yes : isCounted.no),
    });
  if (kind === 'money')
    found.push({
      name: 'amount',
      head: columns.amount,
      numeric: true,
      render: ({ amount }) => (amount === null ? '–' : formatMoney(language, amount)),
    });
  return found;
}
