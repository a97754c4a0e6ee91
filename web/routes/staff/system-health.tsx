import { useQuery } from '@tanstack/react-query';
import type { WholeHealth } from '../../../src/contract/health.ts';
import { HealthReport } from '../../features/system/health-report.tsx';
import { Page } from '../../features/staff/page.tsx';
import { formatTime, homeWall, wallTime } from '../../lib/times.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { sendByFetch } from '../../lib/staff/send.ts';
import { Failed, Skeleton } from '../../ui/states.tsx';
import { useSystemWords } from '../../features/system/system-words.ts';

const everyMs = 10_000;

/** How every service stands, looked at again and again. */
export function SystemHealth() {
  const { language } = useStaff();
  const { health } = useSystemWords();
  const read = useQuery({
    queryKey: ['health'],
    queryFn: readHealth,
    refetchInterval: everyMs,
    retry: false,
  });
  return (
    <Page title={health.title} lead={health.lead}>
      {read.isError ? (
        <div className="mb-6">
          <Failed text={health.noAnswer} busy={read.isFetching} onRetry={() => void read.refetch()} />
        </div>
      ) : null}
      {read.data ? (
        <>
          <p className="mb-3 text-note text-quiet">
            {health.at(formatTime(language, wallTime(homeWall(new Date(read.dataUpdatedAt).toISOString()))))}
          </p>
          <HealthReport health={read.data} />
        </>
      ) : read.isError ? null : (
        <Skeleton rows={4} rowHeight="panel" />
      )}
    </Page>
  );
}

/** It answers 503 with the same document when something does not work. */
async function readHealth(): Promise<WholeHealth> {
  const { body } = await sendByFetch({ method: 'GET', url: '/health', headers: {} });
  const told: WholeHealth = JSON.parse(body);
  if (told.services === undefined) throw new Error('no health');
  return told;
}
