import type { FigureReport } from '../../../src/contract/figures.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { useStaff } from '../../lib/staff/context.tsx';

/** Which dates and whose appointments the figures are of: it stands on paper too. */
export function ReportFacts({ report }: { report: FigureReport }) {
  const { language, today } = useStaff();
  const { from, to, doctor, chamber, specialization } = report;
  return (
    <p className="mb-3 text-lead font-semibold">
      {[
        formatSpan(language, { from, until: to }, today()),
        ...[doctor, chamber, specialization].flatMap((filter) => (filter ? [filter.label[language]] : [])),
      ].join(' · ')}
    </p>
  );
}
