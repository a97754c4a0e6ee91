import type { Tx } from '../../platform/database.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import { insertMessages } from './add-messages.ts';
import { isQuiet, momentOfNews, waysTo, type QuietHours } from './policy.ts';
import { findReportSituation } from './queries.ts';

const kind = 'monthly_report';

/** Nobody is told of a report that a mail server has not wanted for a week. */
const worthMs = 7 * 24 * 60 * MINUTE_MS;

/** Writes into the ledger that a doctor's report can be read, once for each version; by night it waits for the morning. */
export async function addReport(tx: Tx, reportId: number, site: { quietHours: QuietHours }): Promise<void> {
  const situation = await findReportSituation(tx, reportId);
  if (!situation) return;
  const { userId, language, zone } = situation;
  const now = situation.now.epochMilliseconds;
  const quiet = situation.quiet === undefined ? site.quietHours : situation.quiet;
  const rows = waysTo(situation, kind).map(({ channel, recipient, wanted }) => {
    const due = momentOfNews({ now, starts: Infinity, zone }, isQuiet(channel) ? null : quiet);
    return {
      reportId,
      version: reportId,
      kind,
      minutes: 0,
      channel,
      recipient,
      userId,
      language,
      due,
      stale: due + worthMs,
      answer: wanted ? null : 'switched off by the reader',
    } as const;
  });
  await insertMessages(tx, rows);
}
