import type { FigureReport } from '../../../src/contract/figures.ts';
import { saysHeat } from '../../lib/chart-sentences.ts';
import { shortWeekday, weekdayName } from '../../lib/dates.ts';
import { currenciesIn, figureText, sizeOf, type Figure } from '../../lib/figure-values.ts';
import type { Language } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime } from '../../lib/times.ts';
import { HeatTable } from '../../ui/heat-table.tsx';
import { useWeek } from '../../ui/kit.tsx';
import { FigureLink } from './figure-link.tsx';

/** A report by weekday and hour: the week as it runs here, the hours from the earliest to the latest. */
export function HeatMap({ report, figure }: { report: FigureReport; figure: Figure }) {
  const { words, language } = useStaff();
  const texts = words.figures.heat;
  const week = useWeek();
  const { groups, totals } = report;
  const [currency = 'BDT'] = currenciesIn(totals);
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const hours = groups.map(({ key }) => Number(key.slice(2)));
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const greatest = Math.max(0, ...groups.map(({ values }) => sizeOf(values[figure.name], currency) ?? 0));
  const most = groups.find(({ values }) => sizeOf(values[figure.name], currency) === greatest);
  return (
    <HeatTable
      caption={words.figures.heat.title}
      corner={texts.corner}
      columns={week.map((weekday) => ({
        key: String(weekday),
        text: narrowWeekday(language, weekday),
        name: weekdayName(language, weekday),
      }))}
      rows={Array.from({ length: groups.length === 0 ? 0 : last - first + 1 }, (_, index) => {
        const hour = String(first + index).padStart(2, '0');
        return { key: hour, text: hourText(language, hour) };
      })}
      narrowest={narrowestOf(
        groups.map(({ values }) => figureText(language, figure.kind, values[figure.name])),
        figure,
      )}
      sizeOf={(hour, weekday) => sizeOf(byKey.get(`${weekday}-${hour}`)?.values[figure.name], currency) ?? 0}
      renderCell={(hour, weekday) => {
        const group = byKey.get(`${weekday}-${hour}`);
        return group ? (
          <FigureLink
            place="cell"
            report={report.name}
            figure={figure}
            value={group.values[figure.name]}
            within={{ groupBy: 'weekday_hour', group: group.key, label: group.label[language] }}
          />
        ) : null;
      }}
      legend={{
        least: texts.least,
        most: texts.most(figureText(language, figure.kind, most?.values[figure.name])),
      }}
    />
  );
}

/** What the map shows, in words. */
export function useHeatSentence(
  { groups, totals }: Pick<FigureReport, 'groups' | 'totals'>,
  figure: Figure | undefined,
): string {
  const { words, language } = useStaff();
  const week = useWeek();
  if (!figure) return '';
  const [currency = 'BDT'] = currenciesIn(totals);
  const cells = groups.map(({ key, label, values }) => ({
    weekday: Number(key.slice(0, 1)),
    label: label[language],
    size: sizeOf(values[figure.name], currency) ?? 0,
    text: figureText(language, figure.kind, values[figure.name]),
  }));
  // Patients who are counted once have no sum over hours, nor have shares and medians.
  const all = cells.reduce((sum, { size }) => sum + size, 0);
  const adds = figure.kind === 'count' && all === sizeOf(totals[figure.name], currency);
  const ofWeekday = (weekday: number): number =>
    cells.filter((cell) => cell.weekday === weekday).reduce((sum, { size }) => sum + size, 0);
  return saysHeat(words.figures, {
    figure: figure.title[language],
    cells,
    weekdays: adds
      ? week.map((weekday) => ({
          label: weekdayName(language, weekday),
          size: ofWeekday(weekday),
          text: figureText(language, 'count', ofWeekday(weekday)),
        }))
      : [],
  });
}

/** `5pm`, `বিকাল ৫`. */
const hourText = (language: Language, hour: string): string =>
  formatTime(language, `${hour}:00`).replace(/:(00|০০)/, '');

// Seven beside each other on a phone: of the long ones there is room for the beginning, as calendars here have it.
const narrowWeekday = (language: Language, weekday: number): string =>
  language === 'en' ? shortWeekday(language, weekday) : (narrow[weekday - 1] ?? '');
const narrow = ['সোম', 'মঙ্গল', 'বুধ', 'বৃহঃ', 'শুক্র', 'শনি', 'রবি'];

/** Room for the longest of the texts, in pixels; those of times stand in lines below each other. */
const narrowestOf = (texts: readonly string[], { kind }: Figure): number =>
  Math.max(0, ...texts.map((text) => (kind === 'minutes' ? lineOfTime : text.length))) * 9 + 10;

// `18 min`, as `১৮ মিনিট`.
const lineOfTime = 7;
