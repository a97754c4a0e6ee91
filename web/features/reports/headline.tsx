import type { FigureReport } from '../../../src/contract/figures.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { figureNamed } from '../../lib/figure-address.ts';
import { differenceOf, figureText, type Figure } from '../../lib/figure-values.ts';
import { viewOf } from '../../lib/report-views.ts';
import { useStaff, type Staff } from '../../lib/staff/context.tsx';
import { FigureLink } from './figure-link.tsx';

/** The figures that matter most, large, each with what it means and how it was before. */
export function Headline({ report }: { report: FigureReport }) {
  const speaker = useStaff();
  const { words, language, today } = speaker;
  const { before } = report;
  const shown = viewOf(report.name, report.figures).headline.flatMap(
    (name) => figureNamed(report, name) ?? [],
  );
  return (
    <>
      {before ? (
        <p className="mb-3 text-quiet">
          {words.figures.comparedWith(formatSpan(language, { from: before.from, until: before.to }, today()))}
        </p>
      ) : null}
      <ul
        className={`mb-6 grid grid-cols-1 gap-4 sm:grid-cols-2 ${shown.length % 3 === 0 ? 'lg:grid-cols-3' : 'lg:grid-cols-4'}`}
      >
        {shown.map((figure) => (
          <li
            key={figure.name}
            className="border border-hairline border-t-2 border-t-green bg-white px-4 pt-3 pb-4"
          >
            <p className="font-semibold">{figure.title[language]}</p>
            <p className="text-title font-semibold tabular-nums">
              <FigureLink
                place="left"
                report={report.name}
                figure={figure}
                value={report.totals[figure.name]}
              />
            </p>
            {before ? <p className="text-note font-semibold">{changeOf(speaker, report, figure)}</p> : null}
            <p className="mt-1 text-note text-quiet">{figure.means[language]}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** `+12 (+8%): more than before (150)`. */
export function changeOf(
  { words, language }: Pick<Staff, 'words' | 'language'>,
  { totals, before }: FigureReport,
  { name, kind }: Figure,
): string {
  const texts = words.figures;
  if (!before) return '';
  const earlier = before.totals[name];
  const told = figureText(language, kind, earlier);
  const difference = differenceOf(language, kind, { now: totals[name], before: earlier });
  if (!difference) return texts.difference.none(told === '–' ? texts.nothing : told);
  if (difference.way === 'same') return texts.difference.same(told);
  const change = kind === 'share' ? texts.points(difference.text) : difference.text;
  return texts.difference[difference.way](change, told);
}
