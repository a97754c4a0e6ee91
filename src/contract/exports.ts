import { z } from 'zod';
import * as fields from './fields.ts';
import { figureName, filtersInBody, mistakesOfPeriod, reportGrouping } from './figures.ts';
import { route } from './route.ts';
import { beginProblems, begunWork } from './works.ts';

/** Kinds of work, as `GET /works?kind=` takes them. */
export const exportKind = 'rows-export';

export const exportFormat = z.enum(['csv', 'xlsx']);
export type ExportFormat = z.output<typeof exportFormat>;

/** An Excel sheet has 1,048,576 rows, and the first is the head. */
export const mostSheetRows = 1_048_575;

export const exportRows = route({
  method: 'POST',
  path: '/reports/{name}/exports',
  summary:
    'Begin a file of all rows behind a figure of a report or of one of its groups, however many: appointments, and of `capacity` sittings; `booked` of `outcomes` is every appointment of the period. An XLSX file of more than 1,048,575 rows fails before it is begun',
  tag: 'Reports',
  access: ['doctor', 'admin'],
  params: z.strictObject({ name: figureName }),
  idempotent: true,
  body: z
    .strictObject({
      ...filtersInBody,
      groupBy: reportGrouping.optional(),
      figure: z.string().max(40),
      /** The key of a group; left out, of the total. */
      group: z.string().max(60).optional(),
      format: exportFormat,
      /** Of the file, Bangla when left out. */
      language: fields.language.optional(),
    })
    .superRefine(fields.refuseMistakes(mistakesOfPeriod)),
  ok: { status: 202, body: begunWork },
  problems: ['not_found', ...beginProblems],
});
