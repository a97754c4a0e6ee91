import { getMonthlySummary, type MonthlySummary } from '../../../src/contract/reports.ts';
import { valueText } from '../../lib/report-figures.ts';
import type { ReportAddress } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { FigureCards, StatusCounts } from './figure-cards.tsx';

/** A month over all doctors: patients counted once, and the sum of what the doctors count for themselves. */
export function AllDoctorsMonth({ month }: Pick<ReportAddress, 'month'>) {
  const { summary: texts } = useStaff().words.reports;
  const read = useRead(getMonthlySummary, {
    query: { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) },
  });
  return (
    <section aria-labelledby="summary" className="mb-8">
      <SectionHeading id="summary">{texts.title}</SectionHeading>
      <p className="mb-3 max-w-160 text-quiet">{texts.text}</p>
      <Loaded read={read} skeleton={<Skeleton rows={3} rowHeight="panel" />}>
        {(summary) => <Summary summary={summary} />}
      </Loaded>
    </section>
  );
}

function Summary({ summary }: { summary: MonthlySummary }) {
  const { words, language } = useStaff();
  const { summary: texts } = words.reports;
  const { doctors, patients, figures, definitions } = summary;
  return (
    <>
      <p className="mb-3">
        {texts.doctors}: <strong className="tabular-nums">{valueText(language, doctors)}</strong>
      </p>
      <FigureCards
        rowsOf={null}
        cards={[
          { figure: null, name: texts.patients, value: patients, means: definitions.patients[language] },
          {
            figure: null,
            name: texts.patientVisits,
            value: figures.patientVisits,
            means: definitions.patientVisits[language],
          },
          {
            figure: null,
            name: texts.appointments,
            value: figures.appointments,
            means: definitions.appointments[language],
          },
          {
            figure: null,
            name: texts.earnings,
            value: figures.earnings,
            means: definitions.earnings[language],
          },
        ]}
      />
      <StatusCounts statuses={figures.statuses} means={definitions.statuses[language]} rowsOf={null} />
      <p className="max-w-160 text-note text-quiet">{definitions.period[language]}</p>
    </>
  );
}
