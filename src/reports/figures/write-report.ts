import { z } from 'zod';
import { reportGrouping, type CountedReports, type FigureReport } from '../../contract/figures.ts';
import { countedType } from '../../contract/works.ts';
import type { Deps } from '../../platform/deps.ts';
import type { WorkResult, WorkRun } from '../../platform/works.ts';
import { mayRead } from '../monthly/policy.ts';
import { countBefore, countReport } from './count-report.ts';
import { findWhose, keptFields } from './find-asked.ts';
import { fileNameOf } from './policy.ts';

/** What is to be counted, as the work keeps it. */
export const countParameters = z.object({
  ...keptFields,
  groupBy: z.array(reportGrouping.nullable()),
  compare: z.boolean(),
});
export type CountParameters = z.output<typeof countParameters>;

/** Counts a report by each grouping, all as one moment saw the books, a step each, and keeps what it comes to. */
export const writeReport =
  ({ clock }: Pick<Deps, 'clock'>) =>
  async (run: WorkRun): Promise<WorkResult> => {
    const { report: name, ...asked } = countParameters.parse(run.parameters);
    const { from, to, groupBy: groupings, compare, doctorId } = asked;
    if (!mayRead(run.by, doctorId)) throw new Error(`work ${run.id} asks for what its user may not read`);
    const steps = groupings.length + Number(compare);
    const counted = await run.readSnapshot(async (client): Promise<CountedReports> => {
      const of = { name, from, to, whose: await findWhose(client, asked) };
      const countedAt = clock.now().toString();
      await run.tell(0, steps);
      const before = compare ? await countBefore(client, of) : null;
      const reports: FigureReport[] = [];
      for (const groupBy of groupings) {
        await run.tell(reports.length + Number(compare), steps);
        reports.push(await countReport(client, of, { groupBy, before }));
      }
      await run.tell(steps, steps);
      return { countedAt, reports };
    });
    const file = { name: fileNameOf({ name, from, to, format: 'json' }), type: countedType };
    return { file: await run.keepFile(file, textOf(counted)) };
  };

async function* textOf(counted: CountedReports): AsyncGenerator<string> {
  yield JSON.stringify(counted);
}
