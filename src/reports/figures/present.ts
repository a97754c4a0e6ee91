import {
  figureDefinitions,
  figureReports,
  type FigureReport,
  type FigureReportName,
  type FigureRow,
  type FigureValues,
  type OfferedSitting,
  type ReportGrouping,
} from '../../contract/figures.ts';
import {
  dayOfMonth,
  digits,
  doctorName,
  localName,
  monthOf,
  shortMonths,
  type Language,
} from '../../contract/wording.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { Named } from '../monthly/present.ts';
import type { FileFormat } from '../../contract/reports.ts';
import type { Whose } from './find-asked.ts';
import { isOfTime, measuresOf, type Dates } from './policy.ts';
import type { FigureLine, Label, Row, Titled } from './queries.ts';
import type { SittingRow } from './find-sittings.ts';

type Asked = Dates & Whose & { name: FigureReportName; groupBy: ReportGrouping | null };

/** `before`: the totals of the dates before; null when nobody asked. `since`: the day from which on it is known, if not always. */
export function presentReport(
  { name, from, to, groupBy, doctor, chamber, specialization }: Asked,
  lines: readonly FigureLine[],
  beside: {
    labels: ReadonlyMap<string, Label>;
    before: (Dates & { lines: FigureLine[] }) | null;
    since: string | null;
  },
): FigureReport {
  const { labels, before, since } = beside;
  const { title, about, figures } = figureReports[name];
  const byKey = Map.groupBy(lines, ({ key }) => key);
  const groups = [...byKey].flatMap(([key, ofKey]) =>
    key === null
      ? []
      : [{ key, label: labels.get(key) ?? { en: key, bn: key }, values: valuesOf(name, ofKey) }],
  );
  return {
    name,
    title,
    from,
    to,
    doctor: doctor && { id: doctor.id, label: labelOfDoctor(doctor) },
    chamber: chamber && { id: chamber.id, label: labelOf(chamber) },
    specialization: specialization && {
      code: specialization.code,
      label: { en: specialization.en, bn: specialization.bn },
    },
    groupBy,
    figures: Object.entries(figures).map(([figure, words]) => ({ name: figure, ...words })),
    totals: valuesOf(name, byKey.get(null) ?? []),
    groups: groupBy === null ? [] : inOrder(groups, groupBy),
    before: before && { from: before.from, to: before.to, totals: valuesOf(name, before.lines) },
    definitions: {
      about,
      since: since === null ? null : sinceWords(since),
      period: figureDefinitions.period,
      groups: groupBy === 'specialization' ? figureDefinitions.specialization : null,
    },
  };
}

/** Lines of one key: one, or of money one for each currency. */
const valuesOf = (name: FigureReportName, lines: readonly FigureLine[]): FigureValues =>
  Object.fromEntries(
    measuresOf(name).map(([figure, { kind }], index) => {
      const found = lines.map(({ currency, values }) => ({ currency, value: values[index] ?? null }));
      if (kind !== 'money') return [figure, found[0]?.value ?? null];
      const sums = found.flatMap(({ currency, value }) =>
        currency === null ? [] : [{ amount: String(value), currency }],
      );
      return [figure, sums.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))];
    }),
  );

type Group = FigureReport['groups'][number];

function inOrder(groups: readonly Group[], groupBy: ReportGrouping): Group[] {
  const byKey = (a: Group, b: Group) => (a.key < b.key ? -1 : 1);
  if (isOfTime(groupBy)) return groups.toSorted(byKey);
  return groups.toSorted((a, b) => sizeOf(b) - sizeOf(a) || byKey(a, b));
}

/** By the first figure. Only an order: no sum is told in binary. */
function sizeOf({ values }: Group): number {
  const [first] = Object.values(values);
  return Number(Array.isArray(first) ? first[0]?.amount : first);
}

/** What is asked for with a work, as the list of works shows it: `what` of whom and when, and as what kind of file it is made. */
export function titleOf({
  what,
  from,
  to,
  doctor,
  chamber,
  specialization,
  group = null,
  format,
}: Dates & Whose & { what: Label; group?: Label | null; format?: FileFormat }): Label {
  const inWords = (language: Language): string => {
    const day = (date: string) => shortDay(language, date);
    return [
      what[language],
      group?.[language],
      doctor && labelOfDoctor(doctor)[language],
      chamber && labelOf(chamber)[language],
      specialization?.[language],
      from === to ? day(from) : `${day(from)} – ${day(to)}`,
      format?.toUpperCase(),
    ]
      .filter((part) => part != null)
      .join(' · ');
  };
  return { en: inWords('en'), bn: inWords('bn') };
}

const shortDay = (language: Language, date: string): string =>
  `${dayOfMonth(language, date)} ${shortMonths[language][monthOf(date)] ?? ''} ${digits(language, date.slice(0, 4))}`;

const sinceWords = (date: string): Label => ({
  en: `Written down since ${shortDay('en', date)}; what was before is not in it.`,
  bn: `${shortDay('bn', date)} থেকে লেখা হয়; তার আগের কিছু এতে নেই।`,
});

/** `Waiting: Median`. */
export const partOf = (report: FigureReportName, part: Label | undefined): Label => {
  const { title } = figureReports[report];
  return part ? { en: `${title.en}: ${part.en}`, bn: `${title.bn}: ${part.bn}` } : title;
};

/** What a figure is called. */
export const figureTitle = (report: FigureReportName, figure: string): Label | undefined =>
  new Map<string, { title: Label }>(Object.entries(figureReports[report].figures)).get(figure)?.title;

export const labelOf = (titled: Titled): Label => ({
  en: localName('en', titled),
  bn: localName('bn', titled),
});

export const labelOfDoctor = (titled: Titled): Label => ({
  en: doctorName('en', titled),
  bn: doctorName('bn', titled),
});

export function presentRow({ reference }: Named, row: Row): FigureRow {
  const { id, status, channel, fee, currency, counted, minutes, amount, patient, doctor, chamber } = row;
  return {
    id,
    reference: reference(id),
    startsAt: formatInstant(row.starts, row.zone),
    status,
    channel,
    fee: { amount: fee, currency },
    counted,
    minutes,
    amount: amount === null ? null : { amount, currency },
    patient,
    doctor,
    chamber,
  };
}

export function presentSitting({ starts, zone, ...row }: SittingRow): OfferedSitting {
  return { ...row, startsAt: formatInstant(starts, zone) };
}
