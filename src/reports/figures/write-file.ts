import type { FigureReport } from '../../contract/figures.ts';
import type { FileFormat } from '../../contract/reports.ts';
import type { Settings } from '../../contract/settings.ts';
import { digits, type Language, groupLakhs } from '../../contract/wording.ts';
import { writeCsv } from '../../platform/tables/write-csv.ts';
import { writePages } from '../files/write-pages.ts';
import { bold, number, text, writeWorkbook } from '../../platform/tables/write-workbook.ts';
import { writeTable, type Cell, type Table } from './write-table.ts';

/** A report as a file to save. `countedAt`: what the clock showed then, `2026-11-23T17:00:00`. */
export const writeFile = (
  report: FigureReport,
  {
    countedAt,
    format,
    language,
    organisation,
  }: { countedAt: string; format: FileFormat; language: Language; organisation: Settings },
): Promise<Buffer> => writers[format](writeTable(report, { countedAt, language }), organisation);

const writers: Record<FileFormat, (table: Table, organisation: Settings) => Promise<Buffer>> = {
  csv: async (table) => Buffer.from(writeGroups(table)),
  xlsx: writeXlsx,
  pdf: writePdf,
};

/** The groups alone, so that programs can read and sum them; of a report without groups its total. */
function writeGroups({ head, totals, groups }: Table): string {
  const rows = groups.length > 0 ? groups : [{ label: head, cells: totals }];
  return writeCsv([
    [head, ...totals.map(({ name }) => name)],
    ...rows.map(({ label, cells }) => [
      label,
      ...cells.map(({ value }) => (value === null ? '' : { number: value })),
    ]),
  ]);
}

/** Two sheets: the totals with what they mean, and the groups. */
function writeXlsx({ title, facts, totals, head, groups }: Table): Promise<Buffer> {
  const summary = [
    [bold(title)],
    ...facts.map((fact) => [text(fact)]),
    [],
    ...totals.map((cell) => [bold(cell.name), inSheet(cell), text(cell.means)]),
  ];
  const rows = [
    [head, ...totals.map(({ name }) => name)].map(bold),
    ...groups.map(({ label, cells }) => [text(label), ...cells.map(inSheet)]),
  ];
  return writeWorkbook([
    { rows: summary, widths: [32, 18, 90] },
    { rows, widths: [36, ...totals.map(() => 18)], head: true },
  ]);
}

const formats = { count: '0', share: '0.0', minutes: '0', money: '#,##0.00' } as const;
const inSheet = ({ kind, value }: Cell) => (value === null ? null : number(value, formats[kind]));

function writePdf(
  { language, title, facts, totals, head, groups }: Table,
  organisation: Settings,
): Promise<Buffer> {
  const spell = ({ kind, value }: Cell) =>
    value === null ? '–' : digits(language, kind === 'money' ? groupLakhs(value) : value);
  const data = {
    language,
    title,
    facts,
    totals: totals.map((cell) => ({ name: cell.name, means: cell.means, value: spell(cell) })),
    columns: [head, ...totals.map(({ name }) => name)],
    lines: groups.map(({ label, cells }) => [label, ...cells.map(spell)]),
  };
  return writePages(body, data, organisation);
}

// A table of many figures is wide, so it has pages of its own, lying.
const body = `
#for fact in data.facts [#quiet(fact) \\ ]

#for total in data.totals [
  #block(breakable: false, above: 10pt)[
    #grid(columns: (1fr, auto), text(weight: 600, total.name), text(size: 13pt, weight: 600, total.value))
    #quiet(total.means)
    #line(length: 100%, stroke: 0.5pt + rgb("#D8DDD9"))
  ]
]

#if data.lines.len() > 0 [
  #set page(flipped: true)
  #set text(size: if data.columns.len() > 12 { 6pt } else { 8pt })
  #table(
    columns: (2fr,) + (1fr,) * (data.columns.len() - 1),
    stroke: (x: none, y: 0.5pt + rgb("#D8DDD9")),
    inset: (x: 2pt, y: 4pt),
    align: (x, y) => if x == 0 { left } else { right },
    table.header(..data.columns.map(each => text(weight: 600, each))),
    ..data.lines.flatten(),
  )
]
`;
