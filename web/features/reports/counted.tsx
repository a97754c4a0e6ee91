import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { countKind } from '../../../src/contract/counts.ts';
import type { CountedReports, FigureReportName } from '../../../src/contract/figures.ts';
import { countedType, getWork, type Work } from '../../../src/contract/works.ts';
import { filtersOf, queryOfCounted, readFigureAddress } from '../../lib/figure-address.ts';
import { filled } from '../../lib/report-address.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { isUnderWay, UnderWay } from '../exports/under-way.tsx';
import { useMoment } from '../staff/moment.ts';
import { Loaded } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { CountButton } from './count-button.tsx';
import { useCounted } from './use-report.ts';

/**
 * A report's screen. Where its address names a work that counts it: how far that is, then the screen with what was counted,
 * or why there is nothing.
 */
export function Counted({ name, children }: { name: FigureReportName; children: ReactNode }) {
  const { words, today } = useStaff();
  const { apart } = words.figures;
  const { query } = useScreenQuery();
  const { workId } = readFigureAddress(query, today());
  const read = useRead(
    getWork,
    { params: { id: workId ?? 0 } },
    {
      enabled: workId !== null,
      everyMs: (answer) => (answer && isUnderWay(answer.work) ? 1_000 : false),
    },
  );
  if (workId === null) return children;
  if (refusalOf(read.error)?.status === 404) return <Gone name={name} title={apart.unknown} />;
  return (
    <Loaded read={read} skeleton={<Skeleton rows={3} />}>
      {({ work }) => (
        <OfWork name={name} work={work}>
          {children}
        </OfWork>
      )}
    </Loaded>
  );
}

function OfWork({ name, work, children }: { name: FigureReportName; work: Work; children: ReactNode }) {
  const { words, language } = useStaff();
  const { apart } = words.figures;
  const { file, failure, state } = work;
  if (isUnderWay(work))
    return (
      <Panel id="counting" title={apart.title}>
        <p className="mb-3 font-semibold">{work.title[language]}</p>
        <div className="grid grid-cols-1 gap-3">
          <UnderWay work={work} />
          <p className="max-w-160 text-quiet">{apart.leave}</p>
        </div>
      </Panel>
    );
  if (failure) return <Gone name={name} title={apart.failed} text={failure[language]} />;
  if (state === 'cancelled') return <Gone name={name} title={apart.cancelled} />;
  if (work.kind !== countKind || file?.type !== countedType)
    return <Gone name={name} title={apart.unknown} />;
  if (file.forgotten) return <Gone name={name} title={apart.forgotten} />;
  return (
    <Done name={name} work={work}>
      {children}
    </Done>
  );
}

/** There is nothing to show: why, and the ways on. */
function Gone({ name, title, text }: { name: FigureReportName; title: string; text?: string }) {
  const { apart } = useStaff().words.figures;
  const { change } = useScreenQuery();
  return (
    <Empty
      title={title}
      action={
        <div className="flex flex-wrap gap-3">
          <CountButton name={name} />
          <Button type="button" look="secondary" onClick={() => change({ work: null })}>
            {apart.now}
          </Button>
        </div>
      }
    >
      {text}
    </Empty>
  );
}

function Done({ name, work, children }: { name: FigureReportName; work: Work; children: ReactNode }) {
  const { words, me, today } = useStaff();
  const { apart } = words.figures;
  const { query } = useScreenQuery();
  const read = useCounted(work.id, { ask: true });
  const moment = useMoment();
  return (
    <Loaded read={read} skeleton={<Skeleton rows={5} rowHeight="panel" />}>
      {(counted) => {
        const [report] = counted.reports;
        const address = readFigureAddress(query, today());
        if (report && !isOf(report, { name, address, userType: me.userType }))
          return (
            <Navigate
              replace
              to="/reports/$report"
              params={{ report: report.name }}
              search={filled({
                by: query['by'],
                show: query['show'],
                ...queryOfCounted(report, work.id, me.userType),
              })}
            />
          );
        return (
          <>
            <div className="mb-4 border-l-4 border-info bg-info-tint px-3 py-2">
              <p>
                {apart.countedAt(moment(counted.countedAt))}{' '}
                {work.file ? apart.keptUntil(moment(work.file.forgetAt)) : null}
              </p>
              <div data-screen-only className="mt-2">
                <CountButton name={name} text={apart.again} look="secondary" />
              </div>
            </div>
            {children}
          </>
        );
      }}
    </Loaded>
  );
}

/** Whether an address is about the same as what was counted: it may have come from a list, or been written by hand. */
function isOf(
  report: CountedReports['reports'][number],
  {
    name,
    address,
    userType,
  }: { name: string; address: ReturnType<typeof readFigureAddress>; userType: string },
): boolean {
  const counted = readFigureAddress(queryOfCounted(report, address.workId ?? 0, userType), report.to);
  const told = (one: typeof address): string =>
    JSON.stringify({ ...filtersOf(one, userType), compare: one.compare });
  return report.name === name && told(counted) === told(address);
}
