import { useParams } from '@tanstack/react-router';
import {
  figureReports,
  getFigureReport,
  type FigureReport as Report,
  type FigureReportName,
} from '../../../src/contract/figures.ts';
import { AllFigures } from '../../features/reports/all-figures.tsx';
import { Counting } from '../../features/reports/counting.tsx';
import { Distribution } from '../../features/reports/distribution.tsx';
import { Downloads } from '../../features/reports/downloads.tsx';
import { FigureFilters } from '../../features/reports/figure-filters.tsx';
import { Funnel } from '../../features/reports/funnel.tsx';
import { Groups, useGrouping } from '../../features/reports/groups.tsx';
import { Headline } from '../../features/reports/headline.tsx';
import { PrintButton } from '../../features/reports/print-button.tsx';
import { ReportChoice } from '../../features/reports/report-choice.tsx';
import { ReportFacts } from '../../features/reports/report-facts.tsx';
import { Trend } from '../../features/reports/trend.tsx';
import { useTooMuch } from '../../features/reports/use-too-much.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { filtersOf, readFigureAddress, reportNamed } from '../../lib/figure-address.ts';
import { isEmpty } from '../../lib/figure-values.ts';
import { unitOf } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
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
  const { me, words, language, today } = useStaff();
  const address = readFigureAddress(useScreenQuery().query, today());
  const { groupings, title } = figureReports[name];
  const unit = unitOf(address.period);
  const read = useRead(
    getFigureReport,
    {
      params: { name },
      query: {
        ...filtersOf(address, me.userType),
        ...(groupings.some((grouping) => grouping === unit) ? { groupBy: unit } : {}),
        ...(address.compare ? { compare: true } : {}),
      },
    },
    { keepOld: true, once: true },
  );
  const explain = useTooMuch();
  return (
    <>
      <ReportChoice shown={title[language]} />
      <Page
        title={title[language]}
        lead={<span data-screen-only>{words.figures.lead}</span>}
        actions={<PrintButton />}
      >
        <FigureFilters report={read.data} />
        <Counting busy={read.isPlaceholderData} />
        <Loaded read={read} skeleton={<Skeleton rows={5} rowHeight="panel" />} explain={explain}>
          {(report) => (
            <div aria-busy={read.isPlaceholderData}>
              <ReportFacts report={report} />
              {isEmpty(report.totals) ? <Nothing /> : <Shown name={name} report={report} />}
            </div>
          )}
        </Loaded>
      </Page>
    </>
  );
}

function Shown({ name, report }: { name: FigureReportName; report: Report }) {
  const { me, words, today } = useStaff();
  const address = readFigureAddress(useScreenQuery().query, today());
  const { by } = useGrouping(name);
  const explain = useTooMuch();
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
      <Downloads
        text={words.figures.download.text}
        route={getFigureReport}
        inputOf={(file) => ({
          params: { name },
          query: { ...filtersOf(address, me.userType), ...(by === null ? {} : { groupBy: by }), ...file },
        })}
        explain={explain}
      />
    </>
  );
}

function Nothing() {
  const texts = useStaff().words.figures;
  const { query, change } = useScreenQuery();
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
