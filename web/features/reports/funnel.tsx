import type { FigureReport } from '../../../src/contract/figures.ts';
import { saysFunnel, shareText } from '../../lib/chart-sentences.ts';
import { figureNamed } from '../../lib/figure-address.ts';
import { figureText, type Figure } from '../../lib/figure-values.ts';
import { viewOf } from '../../lib/report-views.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { BarTable } from '../../ui/bar-table.tsx';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { FigureLink } from './figure-link.tsx';

/** How many went how far, and what became of those who went no further. */
export function Funnel({ report }: { report: FigureReport }) {
  const { words, language } = useStaff();
  const { funnel } = words.figures;
  const sizeOf = (name: string): number => Number(report.totals[name] ?? 0);
  const pointOf = ({ name, kind, title }: Figure) => ({
    label: title[language],
    size: sizeOf(name),
    text: figureText(language, kind, report.totals[name]),
  });
  const steps = viewOf(report.name, report.figures).funnel.flatMap(({ step, lost }) => {
    const figure = figureNamed(report, step);
    return figure ? [{ figure, lost: lost.flatMap((name) => figureNamed(report, name) ?? []) }] : [];
  });
  const [whole] = steps;
  if (!whole || sizeOf(whole.figure.name) === 0) return null;
  return (
    <ChartPanel
      id="funnel"
      title={funnel.title}
      sentence={saysFunnel(words.figures, language, {
        steps: steps.map(({ figure }) => pointOf(figure)),
        lost: steps.flatMap(({ lost }) => lost.map(pointOf)),
      })}
    >
      <BarTable
        centred
        caption={funnel.title}
        heads={funnel.heads}
        rows={steps.map(({ figure, lost }) => ({
          key: figure.name,
          label: figure.title[language],
          size: sizeOf(figure.name),
          value: <FigureLink report={report.name} figure={figure} value={report.totals[figure.name]} />,
          note: shareText(language, sizeOf(figure.name), sizeOf(whole.figure.name)),
          aside: <Lost report={report} figures={lost.filter(({ name }) => sizeOf(name) > 0)} />,
        }))}
      />
    </ChartPanel>
  );
}

function Lost({ report, figures }: { report: FigureReport; figures: readonly Figure[] }) {
  const { words, language } = useStaff();
  if (figures.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4">
      <span className="text-quiet">{words.figures.funnel.lost}</span>
      {figures.map((figure) => (
        <span key={figure.name} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {figure.title[language]}
          <FigureLink place="left" report={report.name} figure={figure} value={report.totals[figure.name]} />
        </span>
      ))}
    </div>
  );
}
