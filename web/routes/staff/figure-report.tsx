import { useParams } from '@tanstack/react-router';
import {
  figureReports,
  type FigureReport as Report,
  type FigureReportName,
} from '../../../src/contract/figures.ts';
import { AllFigures } from '../../features/reports/all-figures.tsx';
import { CountButton } from '../../features/reports/count-button.tsx';
import { Counted } from '../../features/reports/counted.tsx';
import { Counting } from '../../features/reports/counting.tsx';
import { Distribution } from '../../features/reports/distribution.tsx';
import { FigureFilters } from '../../features/reports/figure-filters.tsx';
import { Funnel } from '../../features/reports/funnel.tsx';
import { Groups } from '../../features/reports/groups.tsx';
import { Headline } from '../../features/reports/headline.tsx';
import { PrintButton } from '../../features/reports/print-button.tsx';
import { ReportChoice } from '../../features/reports/report-choice.tsx';
import { ReportFacts } from '../../features/reports/report-facts.tsx';
import { ReportFiles } from '../../features/reports/report-files.tsx';
import { Trend } from '../../features/reports/trend.tsx';
import { useFilterChange } from '../../features/reports/use-filter-change.ts';
import { useReport } from '../../features/reports/use-report.ts';
import { useTooMuch } from '../../features/reports/use-too-much.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { readFigureAddress, reportNamed } from '../../lib/figure-address.ts';
import { isEmpty } from '../../lib/figure-values.ts';
import { unitOf } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** A report over any dates: figures, charts and files. What is chosen stands in the address. */
export function FigureReport() {
  const { report } = useParams({ from: '/reports/$report' });
  const name = reportNamed(figureReports, report);
  // Another report is another screen: nothing of the last one stays.
  return name === null ? <NotFound /> : <OfName key={name} name={name} />;
}

function OfName({ name }: { name: FigureReportName }) {
  const { words, language } = useStaff();
  const title = figureReports[name].title[language];
  return (
    <>
      <ReportChoice shown={title} />
      <Page title={title} lead={<span data-screen-only>{words.figures.lead}</span>} actions={<PrintButton />}>
        <Filters name={name} />
        <Counted name={name}>
          <Told name={name} />
        </Counted>
      </Page>
    </>
  );
}

/** The report of the address, by days, weeks or months. */
function useTrendReport(name: FigureReportName) {
  const address = readFigureAddress(useScreenQuery().query, useStaff().today());
  const unit = unitOf(address.period);
  const groupBy = figureReports[name].groupings.find((grouping) => grouping === unit) ?? null;
  return useReport(name, groupBy, { compare: address.compare, keepOld: true });
}

function Filters({ name }: { name: FigureReportName }) {
  return <FigureFilters report={useTrendReport(name).data} />;
}

function Told({ name }: { name: FigureReportName }) {
  const read = useTrendReport(name);
  const explain = useTooMuch();
  return (
    <>
      <Counting busy={read.isPlaceholderData} />
      <Loaded
        read={read}
        skeleton={<Skeleton rows={5} rowHeight="panel" />}
        explain={explain}
        way={<CountButton name={name} />}
      >
        {(report) => (
          <div aria-busy={read.isPlaceholderData}>
            <ReportFacts report={report} />
            {isEmpty(report.totals) ? <Nothing /> : <Shown name={name} report={report} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Shown({ name, report }: { name: FigureReportName; report: Report }) {
  const { groupBy } = report;
  return (
    <>
      <Headline report={report} />
      <Funnel report={report} />
      <Distribution report={report} />
      {groupBy === 'day' || groupBy === 'week' || groupBy === 'month' ? (
        <Trend report={report} unit={groupBy} />
      ) : null}
      <Groups name={name} report={report} />
      <AllFigures report={report} />
      <ReportFiles name={name} />
    </>
  );
}

function Nothing() {
  const texts = useStaff().words.figures;
  const { query } = useScreenQuery();
  const change = useFilterChange();
  const { period, doctorId, chamberId, specialization } = readFigureAddress(query, useStaff().today());
  const filtered = doctorId !== null || chamberId !== null || specialization !== null;
  return (
    <Empty
      title={texts.empty.title}
      action={
        <div className="flex flex-wrap gap-3">
          {period.name === 'last-12-months' ? null : (
            <Button
              type="button"
              look="secondary"
              onClick={() => change({ period: 'last-12-months', from: null, to: null })}
            >
              {texts.empty.widen}
            </Button>
          )}
          {filtered ? (
            <Button
              type="button"
              look="secondary"
              onClick={() => change({ doctor: null, chamber: null, specialization: null })}
            >
              {texts.filters.clear}
            </Button>
          ) : null}
        </div>
      }
    >
      {texts.empty.text}
    </Empty>
  );
}
