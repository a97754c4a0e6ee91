import type { FigureReport } from '../../../src/contract/figures.ts';
import { saysParts, shareText } from '../../lib/chart-sentences.ts';
import { figureNamed } from '../../lib/figure-address.ts';
import { figureText } from '../../lib/figure-values.ts';
import { viewOf } from '../../lib/report-views.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { BarTable } from '../../ui/bar-table.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { FigureLink } from './figure-link.tsx';

/** How a whole falls into parts: how long people waited, how late it began. */
export function Distribution({ report }: { report: FigureReport }) {
  const { words, language } = useStaff();
  const texts = words.figures.parts;
  const { totals } = report;
  const figures = viewOf(report.name, report.figures).parts.flatMap(
    (name) => figureNamed(report, name) ?? [],
  );
  const points = figures.map(({ name, kind, title }) => ({
    label: title[language],
    size: Number(totals[name] ?? 0),
    text: figureText(language, kind, totals[name]),
  }));
  const all = points.reduce((sum, { size }) => sum + size, 0);
  if (all === 0) return null;
  const says = (name: string, say: (value: string) => string): string[] => {
    const value = totals[name];
    return typeof value === 'number' ? [say(figureText(language, 'minutes', value))] : [];
  };
  return (
    <ChartPanel
      id="parts"
      title={texts.title}
      sentence={[
        saysParts(words.figures, language, points),
        ...says('median', texts.half),
        ...says('ninth', texts.ninth),
      ].join(' ')}
    >
      <BarTable
        caption={texts.title}
        heads={{ label: texts.head, value: words.figures.funnel.heads.value }}
        rows={figures.map((figure) => {
          const size = Number(totals[figure.name] ?? 0);
          return {
            key: figure.name,
            label: figure.title[language],
            size,
            value: <FigureLink report={report.name} figure={figure} value={totals[figure.name]} />,
            note: shareText(language, size, all),
          };
        })}
      />
    </ChartPanel>
  );
}
