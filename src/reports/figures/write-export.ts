import { z } from 'zod';
import { exportFormat, mostSheetRows, type ExportFormat } from '../../contract/exports.ts';
import { language } from '../../contract/fields.ts';
import { reportGrouping } from '../../contract/figures.ts';
import { fileTypes } from '../../contract/reports.ts';
import { digits, groupLakhs } from '../../contract/wording.ts';
import type { Cell } from '../../platform/tables/neutral.ts';
import { csvMark, writeCsvRow } from '../../platform/tables/write-csv.ts';
import { writeLongSheet } from '../../platform/tables/write-long-sheet.ts';
import { WorkFailure, type WorkResult, type WorkRun } from '../../platform/works.ts';
import { mayRead } from '../monthly/policy.ts';
import type { Named } from '../monthly/present.ts';
import { findAsked, keptFields } from './find-asked.ts';
import { rowMeasuresOf, sumMeasures, type Asked } from './policy.ts';
import { sittingsBehind, visitsBehind, type Behind } from './read-rows.ts';
import { sittingColumns, visitColumns, type Columns } from './write-columns.ts';

/** What is to be written, as the work keeps it. */
export const exportParameters = z.object({
  ...keptFields,
  figure: z.string(),
  group: z.object({ by: reportGrouping, key: z.string() }).nullable(),
  format: exportFormat,
  language,
});
export type ExportParameters = z.output<typeof exportParameters>;

/**
 * Writes all rows behind a figure into a file, as one moment saw them. In batches from the database to the file, so that
 * memory does not grow with the rows.
 */
export const writeExport =
  (named: Named) =>
  async (run: WorkRun): Promise<WorkResult> => {
    const asked = exportParameters.parse(run.parameters);
    const { report, figure, from, to, format } = asked;
    if (!mayRead(run.by, asked.doctorId))
      throw new Error(`work ${run.id} asks for what its user may not read`);
    return run.readSnapshot(async (client) => {
      const { head, count, read } = rowsIn(asked, await findAsked(client, asked), named);
      const total = await count(client);
      if (format === 'xlsx' && total > mostSheetRows) throw new WorkFailure(tooLong(total));
      await run.tell(0, total);
      async function* batches(): AsyncGenerator<Cell[][]> {
        let done = 0;
        for await (const rows of read(client)) {
          yield rows;
          done += rows.length;
          await run.tell(done, total);
        }
      }
      const name = `rows-${report}-${figure}-${from}-${to}.${format}`;
      const file = await run.keepFile({ name, type: fileTypes[format] }, writers[format](head, batches()));
      return { file, counts: { rows: total } };
    });
  };

type FileRows = Behind<Cell[]> & { head: string[] };

function rowsIn({ report, figure, group, language }: ExportParameters, asked: Asked, named: Named): FileRows {
  if (report === 'capacity') {
    const measure = measureOf(sumMeasures, figure);
    return inColumns(sittingsBehind(asked, { measure, group }), sittingColumns({ language }));
  }
  const measure = measureOf(rowMeasuresOf(report), figure);
  const columns = visitColumns(report, measure, { named, language });
  return inColumns(visitsBehind(asked, { measure, group }), columns);
}

function measureOf<Measure>(all: readonly [figure: string, Measure][], figure: string): Measure {
  const measure = new Map(all).get(figure);
  if (!measure) throw new Error(`there is no figure ${figure}`);
  return measure;
}

const inColumns = <Row>({ count, read }: Behind<Row>, { head, cells }: Columns<Row>): FileRows => ({
  head,
  count,
  async *read(on) {
    for await (const rows of read(on)) yield rows.map(cells);
  },
});

type Writer = (
  head: readonly string[],
  batches: AsyncIterable<Cell[][]>,
) => AsyncGenerator<Uint8Array | string>;

const writers: Record<ExportFormat, Writer> = {
  async *csv(head, batches) {
    yield csvMark + writeCsvRow(head);
    for await (const rows of batches) yield rows.map(writeCsvRow).join('');
  },
  xlsx: writeLongSheet,
};

const tooLong = (rows: number) => {
  const [found, most] = [groupLakhs(String(rows)), groupLakhs(String(mostSheetRows))];
  return {
    en: `These are ${found} rows, and an Excel file holds ${most}. Choose CSV, or a shorter period.`,
    bn: `এতে ${digits('bn', found)}টি সারি আছে, আর এক্সেল ফাইলে ${digits('bn', most)}টি ধরে। CSV নিন, অথবা সময়টা ছোট করুন।`,
  };
};
