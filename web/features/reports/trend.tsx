import type { FigureReport } from '../../../src/contract/figures.ts';
import { minuteSteps, ticksOf } from '../../lib/chart-scale.ts';
import { saysTrend } from '../../lib/chart-sentences.ts';
import { dayOfMonth, formatShortDate, formatYearMonth } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { figureNamed } from '../../lib/figure-address.ts';
import { currenciesIn, figureText, sizeOf, sizeText } from '../../lib/figure-values.ts';
import type { Language } from '../../lib/language.ts';
import { keysOf, type TrendUnit, unevenBy } from '../../lib/report-period.ts';
import { viewOf } from '../../lib/report-views.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { useKit } from '../../ui/kit.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import { shortMonths } from '../../../src/contract/wording.ts';
import { FigureTable } from './figure-table.tsx';

/** How the figures went over the period; `report` is told by days, weeks or months. */
export function Trend({ report, unit }: { report: FigureReport; unit: TrendUnit }) {
  const { words, language, today } = useStaff();
  const { firstWeekday } = useKit();
  const texts = words.figures;
  const { totals, groups, from, to } = report;
  const figures = viewOf(report.name, report.figures).trend.flatMap(
    (name) => figureNamed(report, name) ?? [],
  );
  const [first] = figures;
  const [currency = 'BDT'] = currenciesIn(totals);
  const byKey = new Map(groups.map((group) => [group.key, group.values]));
  const keys = keysOf(unit, { from, to }, firstWeekday);
  if (!first || keys.length < 2) return null;
  const valueOf = (key: string, name: string) => {
    const values = byKey.get(key);
    // Without an appointment nothing was counted and nothing earned, but no time or share was measured either.
    return values ? values[name] : first.kind === 'count' ? 0 : first.kind === 'money' ? [] : null;
  };
  const lines = figures.map(({ name, title }) => ({
    name: title[language],
    values: keys.map((key) => sizeOf(valueOf(key, name), currency)),
  }));
  const title = texts.trend.title[unit];
  return (
    <ChartPanel
      id="trend"
      title={title}
      sentence={saysTrend(texts, {
        figure: first.title[language],
        unit,
        uneven: unevenBy(unit, { from, to }, { weeksFrom: firstWeekday, today: today() }),
        points: keys.flatMap((key) => {
          const size = sizeOf(valueOf(key, first.name), currency);
          const text = figureText(language, first.kind, valueOf(key, first.name));
          return size === null
            ? []
            : [{ label: nameOf(language, unit, key), size, text: text === '–' ? digits(language, 0) : text }];
        }),
      })}
      table={
        <FigureTable
          caption={title}
          head={texts.trend.head[unit]}
          report={report.name}
          figures={figures}
          groupBy={unit}
          groups={keys.map((key) => ({
            key,
            label: nameOf(language, unit, key),
            values: Object.fromEntries(figures.map(({ name }) => [name, valueOf(key, name) ?? null])),
          }))}
        />
      }
    >
      <LineChart
        label={texts.trend.chart(title)}
        describedBy="trend-says"
        lines={lines}
        marks={keys.map((key) => ({
          text: markOf(language, unit, key),
          title: [
            nameOf(language, unit, key),
            ...figures.map(
              (figure) =>
                `${figure.title[language]}: ${figureText(language, figure.kind, valueOf(key, figure.name))}`,
            ),
          ].join('\n'),
        }))}
        ticks={ticksOf(
          lines.flatMap(({ values }) => values.flatMap((value) => value ?? [])),
          first.kind === 'minutes' ? minuteSteps : undefined,
        )}
        tickText={(tick) => sizeText(language, first.kind, tick, currency)}
      />
    </ChartPanel>
  );
}

const nameOf = (language: Language, unit: TrendUnit, key: string): string =>
  unit === 'month' ? formatYearMonth(language, key) : formatShortDate(language, key);

/** Below the axis, short: `25 Nov`, `Nov`, and the year with January. */
function markOf(language: Language, unit: TrendUnit, key: string): string {
  const month = shortMonths[language][Number(key.slice(5, 7)) - 1] ?? '';
  if (unit !== 'month') return `${dayOfMonth(language, key)} ${month}`;
  return key.endsWith('-01') ? `${month} ${digits(language, key.slice(0, 4))}` : month;
}
