import { z } from 'zod';
import * as fields from './fields.ts';
import { importKinds } from './import-columns.ts';
import { fileTypes } from './reports.ts';
import { route } from './route.ts';
import { beginProblems, workStates } from './works.ts';

const tag = 'Imports';
const access = ['admin'] as const;
const params = z.strictObject({ id: fields.idInUrl });
const language = fields.language.default('en');

export const importKind = z.enum(importKinds);

/** The most rows of one file. */
export const mostImportRows = 100_000;
/** The most bytes of one file. */
export const mostImportBytes = 20 * 1024 * 1024;

/** Why no rows could be had from a file, or no more. */
export const fileFaults = [
  'empty_file',
  'old_excel',
  'broken_workbook',
  'broken_quotes',
  'not_utf8',
  'not_a_table',
  'too_large',
  'too_many_rows',
] as const;
export type FileFault = (typeof fileFaults)[number];

/** What can be wrong with a file, its columns, or a row; `same` is only told. */
export const findingCodes = [
  ...fileFaults,
  'no_rows',
  'column_missing',
  'column_unknown',
  'column_twice',
  'empty',
  'too_long',
  'bad_text',
  'bad_mobile',
  'bad_email',
  'bad_number',
  'bad_amount',
  'bad_year',
  'bad_choice',
  'no_contact',
  'place_incomplete',
  'unknown_division',
  'unknown_district',
  'unknown_thana',
  'unknown_specialization',
  'twice_in_file',
  'same',
  'same_refused',
  'email_taken',
  'mobile_taken',
  'unknown_doctor',
  'unknown_chamber',
  'chamber_unclear',
  'bad_weekday',
  'bad_time',
  'bad_date',
  'ends_at_start',
  'capacity_needed',
  'capacity_unfit',
  'dates_turned',
  'overlaps_row',
  'overlaps_hours',
  'overlaps_later',
  'would_strand',
  'hours_refused',
  'fee_differs',
  'fee_differs_row',
  'has_appointments',
  'has_waited',
  'has_signed_in',
  'has_arrangement',
  'has_staff',
] as const;
const findingCode = z.enum(findingCodes);
export type FindingCode = z.output<typeof findingCode>;

const finding = z.object({
  /** As a spreadsheet numbers rows; null: it is about the whole file. */
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: findingCode,
  /** What stands there. */
  value: z.string().nullable(),
  /** What is wrong and what to do. */
  says: z.object({ en: z.string(), bn: z.string() }),
});
export type Finding = z.output<typeof finding>;

export const importStates = ['unchecked', 'checked', 'imported', 'taken_back'] as const;
export type ImportState = (typeof importStates)[number];

const choices = {
  /** Rows that are here already: leave them out, or refuse the file. */
  same: z.enum(['skip', 'refuse']),
  /** Of doctors: whether their licences have been checked. */
  approval: z.enum(['approved', 'pending']).nullable(),
};

const person = z.object({ id: z.int(), fullName: z.string() });

const counts = z.object({
  rows: z.int(),
  /** To be made, or made. */
  new: z.int(),
  same: z.int(),
  refused: z.int(),
  /** All that the check has to say, or what stands in the way of taking it back. */
  findings: z.int(),
});
export type ImportCounts = z.output<typeof counts>;

/** All or nothing: one row that is refused keeps the others out. */
export const mayConfirm = (given: Pick<ImportCounts, 'new' | 'refused'>): boolean =>
  given.new > 0 && given.refused === 0;

/** A file of rows. `work` is the last one about it: a check, the import or taking it back; null once that is forgotten. */
const importShown = z.object({
  id: z.int(),
  kind: importKind,
  fileName: z.string(),
  ...choices,
  state: z.enum(importStates),
  counts: counts.nullable(),
  work: z
    .object({
      id: z.int(),
      kind: z.string(),
      /** Who can cancel it. */
      askedBy: z.int(),
      state: z.enum(workStates),
      /** Rows; the total is null until it is known. */
      done: z.int(),
      total: z.int().nullable(),
      failure: z.object({ en: z.string(), bn: z.string() }).nullable(),
    })
    .nullable(),
  createdBy: person,
  createdAt: fields.toldInstant,
  importedBy: person.nullable(),
  importedAt: fields.toldInstant.nullable(),
  takenBackBy: person.nullable(),
  takenBackAt: fields.toldInstant.nullable(),
});
export type Import = z.output<typeof importShown>;
const answer = z.object({ import: importShown });

export const listImports = route({
  method: 'GET',
  path: '/admin/imports',
  summary: 'Files that were brought in or checked, newest first',
  tag,
  access,
  query: z.strictObject(fields.paging),
  ok: { status: 200, body: fields.listOf(importShown) },
});

export const getImport = route({
  method: 'GET',
  path: '/admin/imports/{id}',
  summary: 'How far an import is, and what it came to',
  tag,
  access,
  params,
  ok: { status: 200, body: answer },
});

export const checkImport = route({
  method: 'POST',
  path: '/admin/imports',
  summary:
    'Hand over a CSV or XLSX file and have every row of it checked; nothing is written before it is confirmed',
  tag,
  access,
  idempotent: true,
  perMinute: 20,
  query: z
    .strictObject({
      kind: importKind,
      same: choices.same.default('skip'),
      /** Doctors only; left out: they wait for approval. */
      approval: z.enum(['approved', 'pending']).optional(),
    })
    .superRefine(
      fields.refuseMistakes(({ kind, approval }) =>
        approval && kind !== 'doctors'
          ? [{ path: 'approval', message: 'Only doctors are approved; leave this out' }]
          : [],
      ),
    ),
  file: 'file',
  ok: { status: 202, body: answer },
  problems: ['payload_too_large', 'unsupported_media_type', 'malformed_request', ...beginProblems],
});

export const confirmImport = route({
  method: 'POST',
  path: '/admin/imports/{id}/confirmation',
  summary: 'Write the checked rows, all or none; every row is checked again at that moment',
  tag,
  access,
  idempotent: true,
  params,
  ok: { status: 202, body: answer },
  problems: ['import_not_ready', ...beginProblems],
});

export const takeBackImport = route({
  method: 'POST',
  path: '/admin/imports/{id}/withdrawal',
  summary:
    'Remove what an import has made, all or none; the findings then say which rows have been built upon meanwhile',
  tag,
  access,
  idempotent: true,
  params,
  ok: { status: 202, body: answer },
  problems: ['import_not_ready', ...beginProblems],
});

export const listFindings = route({
  method: 'GET',
  path: '/admin/imports/{id}/findings',
  summary: 'What was found in the rows of a file, by row; all of it as `format=csv`',
  tag,
  access,
  params,
  query: z.strictObject({ format: z.enum(['json', 'csv']).default('json'), language, ...fields.paging }),
  files: [fileTypes.csv],
  ok: { status: 200, body: fields.listOf(finding) },
});

export const getTemplate = route({
  method: 'GET',
  path: '/admin/imports/templates/{kind}',
  summary: 'The columns of a file with an example; an empty file to fill in as `format=csv` or `xlsx`',
  tag,
  access,
  params: z.strictObject({ kind: importKind }),
  query: z.strictObject({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }),
  files: [fileTypes.csv, fileTypes.xlsx],
  ok: {
    status: 200,
    body: z.object({
      columns: z.array(
        z.object({
          name: z.string(),
          required: z.boolean(),
          example: z.string(),
          says: z.object({ en: z.string(), bn: z.string() }),
        }),
      ),
    }),
  },
});
