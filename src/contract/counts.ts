import { z } from 'zod';
import * as fields from './fields.ts';
import { figureName, filtersInBody, mistakesOfPeriod, reportGrouping } from './figures.ts';
import { fileFormat, fileTypes } from './reports.ts';
import { route } from './route.ts';
import { beginProblems, begunWork } from './works.ts';

/** Kinds of work, as `GET /works?kind=` takes them. */
export const countKind = 'report-count';

export const countReport = route({
  method: 'POST',
  path: '/reports/{name}/counts',
  summary:
    'Begin to count a report that takes longer than `GET` may, by each of some groupings as one moment sees the books. The work’s file holds, as JSON, what `GET` would answer for each',
  tag: 'Reports',
  access: ['doctor', 'admin'],
  params: z.strictObject({ name: figureName }),
  idempotent: true,
  body: z
    .strictObject({
      ...filtersInBody,
      /** A report for each; left out, one as `GET` answers it without. */
      groupBy: z.array(reportGrouping).min(1).optional(),
      /** Also the totals of as many days before. */
      compare: z.boolean().optional(),
    })
    .superRefine(fields.refuseMistakes(mistakesOfPeriod))
    .superRefine(fields.refuseMistakes(mistakesOfGroupings)),
  ok: { status: 202, body: begunWork },
  problems: ['not_found', ...beginProblems],
});

export const getCountedFile = route({
  method: 'GET',
  path: '/reports/counts/{id}/file',
  summary:
    'What a work has counted, by one of its groupings, as the file that `GET` of the report would have answered at that moment; at once, for whoever asked for it',
  tag: 'Reports',
  access: 'signed-in',
  params: z.strictObject({ id: fields.idInUrl }),
  query: z.strictObject({
    /** One that it was counted by; left out as in `GET` of the report. */
    groupBy: reportGrouping.optional(),
    format: fileFormat,
    /** Bangla when left out. */
    language: fields.language.optional(),
  }),
  files: Object.values(fileTypes),
  ok: { status: 200 },
  problems: ['file_not_ready', 'file_forgotten'],
});

function mistakesOfGroupings({
  groupBy = [],
}: {
  groupBy?: readonly string[] | undefined;
}): fields.Mistake[] {
  const once = new Set(groupBy).size === groupBy.length;
  return once ? [] : [{ path: 'groupBy', message: 'Name each once' }];
}
