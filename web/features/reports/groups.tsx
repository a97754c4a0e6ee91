import { useState } from 'react';
import { groupingNames, type FigureReport, type FigureReportName } from '../../../src/contract/figures.ts';
import { saysGroups } from '../../lib/chart-sentences.ts';
import { digits } from '../../lib/digits.ts';
import { figureNamed, readFigureAddress } from '../../lib/figure-address.ts';
import { currenciesIn, figureText, sizeOf, type Figure } from '../../lib/figure-values.ts';
import { viewOf } from '../../lib/report-views.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { BarTable } from '../../ui/bar-table.tsx';
import { Button } from '../../ui/button.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { DependentSelect } from '../../ui/dependent-select.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { CountButton } from './count-button.tsx';
import { Counting } from './counting.tsx';
import { FigureLink } from './figure-link.tsx';
import { HeatMap, useHeatSentence } from './heat-map.tsx';
import { useGrouping } from './use-grouping.ts';
import { useReport } from './use-report.ts';
import { useTooMuch } from './use-too-much.ts';

/** One figure of a report for each doctor, chamber, weekday and hour …, the largest first. */
export function Groups({ name, report }: { name: FigureReportName; report: FigureReport }) {
  const { today, words, language } = useStaff();
  const texts = words.figures.groups;
  const { query, change } = useScreenQuery();
  const address = readFigureAddress(query, today());
  const { by, choices } = useGrouping(name);
  const { figures } = report;
  const figure = figureNamed(report, address.show) ?? figureNamed(report, viewOf(name, figures).compared);
  const same = report.groupBy === by;
  const read = useReport(name, by, { enabled: by !== null && !same, keepOld: true });
  const shown = same ? report : read.data;
  const sentence = useGroupSentence(shown, figure);
  const explain = useTooMuch();
  if (by === null || !figure) return null;
  return (
    <ChartPanel
      id="groups"
      title={shown?.groupBy === 'weekday_hour' ? words.figures.heat.title : texts.title}
      sentence={sentence}
      controls={
        <div className="grid max-w-200 grid-cols-1 gap-4 sm:grid-cols-2">
          {choices.length > 1 ? (
            <DependentSelect
              name="by"
              label={texts.by}
              value={by}
              options={choices.map((value) => ({ value, text: groupingNames[language][value] }))}
              onChange={(value) => change({ by: value })}
            />
          ) : null}
          <DependentSelect
            name="show"
            label={texts.figure}
            value={figure.name}
            options={figures.map((each) => ({ value: each.name, text: each.title[language] }))}
            onChange={(value) => change({ show: value })}
          />
        </div>
      }
    >
      {same ? (
        <Shown report={report} figure={figure} />
      ) : (
        <Loaded
          read={read}
          skeleton={<Skeleton rows={6} />}
          explain={explain}
          way={<CountButton name={name} />}
        >
          {(answer) => (
            <>
              <Counting busy={read.isPlaceholderData} />
              <Shown report={answer} figure={figure} />
            </>
          )}
        </Loaded>
      )}
    </ChartPanel>
  );
}

function Shown({ report, figure }: { report: FigureReport; figure: Figure }) {
  return report.groupBy === 'weekday_hour' ? (
    <HeatMap report={report} figure={figure} />
  ) : (
    <Bars report={report} figure={figure} />
  );
}

// As many as one takes in at a glance.
const firstBars = 12;

function Bars({ report, figure }: { report: FigureReport; figure: Figure }) {
  const { words, language } = useStaff();
  const texts = words.figures.groups;
  const [all, setAll] = useState(false);
  const { groupBy, totals, definitions } = report;
  const currencies = currenciesIn(totals);
  const [currency = 'BDT'] = currencies;
  if (groupBy === null) return null;
  const groups = sorted(report, figure);
  return (
    <>
      <BarTable
        caption={`${figure.title[language]}: ${groupingNames[language][groupBy]}`}
        heads={{ label: groupingNames[language][groupBy], value: figure.title[language] }}
        rows={groups.slice(0, all ? groups.length : firstBars).map(({ key, label, values }) => ({
          key,
          label: label[language],
          size: sizeOf(values[figure.name], currency),
          value: (
            <FigureLink
              report={report.name}
              figure={figure}
              value={values[figure.name]}
              within={{ groupBy, group: key, label: label[language] }}
            />
          ),
        }))}
      />
      {groups.length > firstBars && !all ? (
        <div data-screen-only className="mt-4">
          <Button type="button" look="secondary" onClick={() => setAll(true)}>
            {texts.more(digits(language, groups.length))}
          </Button>
        </div>
      ) : null}
      {figure.kind === 'money' && currencies.length > 1 ? (
        <p className="mt-3 text-note text-quiet">{texts.currency(currency)}</p>
      ) : null}
      {definitions.groups ? (
        <p className="mt-3 max-w-160 text-note text-quiet">{definitions.groups[language]}</p>
      ) : null}
    </>
  );
}

function useGroupSentence(report: FigureReport | undefined, figure: Figure | undefined): string {
  const { words, language } = useStaff();
  const heat = useHeatSentence(report ?? nothing, figure);
  if (!report || !figure) return '';
  if (report.groupBy === 'weekday_hour') return heat;
  const [currency = 'BDT'] = currenciesIn(report.totals);
  return saysGroups(words.figures, {
    figure: figure.title[language],
    points: sorted(report, figure).flatMap(({ label, values }) => {
      const size = sizeOf(values[figure.name], currency);
      const text = figureText(language, figure.kind, values[figure.name]);
      return size === null ? [] : [{ label: label[language], size, text }];
    }),
  });
}

const nothing: Pick<FigureReport, 'groups' | 'totals'> = { groups: [], totals: {} };

/** The largest first, those of which nothing can be told last. */
function sorted({ groups, totals }: FigureReport, { name }: Figure): FigureReport['groups'] {
  const [currency = 'BDT'] = currenciesIn(totals);
  const size = (group: FigureReport['groups'][number]): number =>
    sizeOf(group.values[name], currency) ?? Number.NEGATIVE_INFINITY;
  return groups.toSorted((a, b) => size(b) - size(a) || 0);
}
