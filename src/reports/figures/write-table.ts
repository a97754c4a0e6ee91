import { groupingNames, type FigureReport, type FigureValues } from '../../contract/figures.ts';
import { digits, formatDate, formatTime, type Language } from '../../contract/wording.ts';

/** A report as a file shows it, in one language; numbers as ASCII decimals. */
export type Table = {
  language: Language;
  title: string;
  facts: string[];
  /** The totals with what each means. */
  totals: Cell[];
  /** What the groups are called, as a column's head. */
  head: string;
  groups: { label: string; cells: Cell[] }[];
};

export type Cell = {
  /** With the unit. */
  name: string;
  means: string;
  kind: FigureReport['figures'][number]['kind'];
  /** Null: there was nothing to tell it from. */
  value: string | null;
};

export function writeTable(
  report: FigureReport,
  { countedAt, language }: { countedAt: string; language: Language },
): Table {
  const { title, definitions, doctor, chamber, specialization, groupBy, groups, totals } = report;
  const words = texts[language];
  const day = (date: string) => `${formatDate(language, date)} ${digits(language, date.slice(0, 4))}`;
  const cells = cellsOf(report, language);
  return {
    language,
    title: title[language],
    facts: [
      words.dates(day(report.from), day(report.to)),
      ...[doctor, chamber, specialization].flatMap((filter) => (filter ? [filter.label[language]] : [])),
      words.countedAt(day(countedAt.slice(0, 10)), formatTime(language, countedAt.slice(11, 16))),
      definitions.about[language],
      ...(definitions.since ? [definitions.since[language]] : []),
      definitions.period[language],
      ...(definitions.groups ? [definitions.groups[language]] : []),
    ],
    totals: cells(totals),
    head: groupBy === null ? words.all : groupingNames[language][groupBy],
    groups: groups.map(({ label, values }) => ({ label: label[language], cells: cells(values) })),
  };
}

/** One cell for each figure, of money one for each currency of the totals, so that all groups have the same columns. */
function cellsOf({ figures, totals }: FigureReport, language: Language): (values: FigureValues) => Cell[] {
  const words = texts[language];
  return (values) =>
    figures.flatMap(({ name, kind, title, means }) => {
      const cell = { name: title[language], means: means[language], kind };
      const value = values[name] ?? null;
      if (!Array.isArray(value))
        return [
          {
            ...cell,
            name: kind === 'count' ? cell.name : `${cell.name} (${words.units[kind]})`,
            value: value === null ? null : String(value),
          },
        ];
      const all = totals[name];
      const currencies = Array.isArray(all) && all.length > 0 ? all.map(({ currency }) => currency) : ['BDT'];
      return currencies.map((currency) => ({
        ...cell,
        name: `${cell.name} (${currency})`,
        value: value.find((sum) => sum.currency === currency)?.amount ?? '0.00',
      }));
    });
}

type Words = {
  dates(from: string, to: string): string;
  countedAt(day: string, time: string): string;
  all: string;
  units: { share: string; minutes: string; money: string };
};

const texts: Record<Language, Words> = {
  en: {
    dates: (from, to) => `From ${from} to ${to}`,
    countedAt: (day, time) => `Counted on ${day}, ${time}, as everything stood at that moment.`,
    all: 'All',
    units: { share: '%', minutes: 'minutes', money: 'BDT' },
  },
  bn: {
    dates: (from, to) => `${from} থেকে ${to}`,
    countedAt: (day, time) => `${day}, ${time}-এ গোনা, সেই মুহূর্তে যা ছিল তা-ই।`,
    all: 'সব',
    units: { share: '%', minutes: 'মিনিট', money: 'BDT' },
  },
};
