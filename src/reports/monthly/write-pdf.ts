import { digits, formatShortDate, formatTime, groupLakhs } from '../../contract/wording.ts';
import type { Settings } from '../../contract/settings.ts';
import { writePages } from '../files/write-pages.ts';
import type { Line, Sheet } from './write-sheet.ts';

/** The report for printing, on A4. */
export function writePdf(sheet: Sheet, organisation: Settings): Promise<Buffer> {
  const { language } = sheet;
  const money = (amount: string) => `৳${digits(language, groupLakhs(amount))}`;
  const line = ({ reference, date, time, patient, chamber, status, counted, fee }: Line) => [
    reference,
    `${formatShortDate(language, date)}, ${formatTime(language, time)}`,
    patient,
    chamber,
    status,
    counted,
    money(fee),
  ];
  const { reference, date, patient, chamber, status, counted, fee } = sheet.columns;
  const data = {
    language,
    title: sheet.title,
    doctor: sheet.doctor,
    facts: sheet.facts,
    figures: sheet.figures.map((figure) => ({
      ...figure,
      value: figure.money ? money(figure.value) : digits(language, figure.value),
    })),
    statuses: sheet.statuses.map(({ name, value }) => ({ name, value: digits(language, value) })),
    statusesMean: sheet.statusesMean,
    columns: [reference, date, patient, chamber, status, counted, fee],
    lines: sheet.lines.map(line),
  };
  return writePages(body, data, organisation);
}

const body = `
#text(size: 12pt, weight: 600, data.doctor)

#for fact in data.facts [#quiet(fact) \\ ]

#for figure in data.figures [
  #block(breakable: false, above: 10pt)[
    #grid(columns: (1fr, auto), text(weight: 600, figure.name), text(size: 13pt, weight: 600, figure.value))
    #quiet(figure.means)
    #line(length: 100%, stroke: 0.5pt + rgb("#D8DDD9"))
  ]
]

#grid(columns: (1fr,) * 4, row-gutter: 8pt, ..data.statuses.map(each => [#quiet(each.name) #h(4pt) #text(weight: 600, each.value)]))
#quiet(data.statusesMean)

#set text(size: 8pt)
#table(
  columns: (auto, auto, 1fr, 1fr, auto, auto, auto),
  stroke: (x: none, y: 0.5pt + rgb("#D8DDD9")),
  inset: (x: 3pt, y: 4pt),
  align: (left, left, left, left, left, left, right),
  table.header(..data.columns.map(each => text(weight: 600, each))),
  ..data.lines.flatten(),
)
`;
