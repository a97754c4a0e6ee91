import { getMonthlySummary, type MonthlySummary } from '../../../src/contract/reports.ts';
import type { AppointmentReport, FigureOf } from '../../../src/contract/figures.ts';
import { monthsOf, type Dates } from '../../lib/report-period.ts';
import { valueText } from '../../lib/report-figures.ts';
import type { ReportAddress } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { FigureCards, StatusCounts, type Rows } from './figure-cards.tsx';

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
        {(summary) => <Summary summary={summary} dates={monthsOf(`${month}-01`, `${month}-01`)} />}
      </Loaded>
    </section>
  );
}

/** `dates`: those of the month. */
function Summary({ summary, dates }: { summary: MonthlySummary; dates: Dates }) {
  const { words, language } = useStaff();
  const { summary: texts } = words.reports;
  const { doctors, patients, figures, definitions } = summary;
  const rowsOf = <Name extends AppointmentReport>(report: Name, figure: FigureOf<Name> & string): Rows => ({
    report,
    query: { ...dates, figure },
  });
  return (
    <>
      <p className="mb-3">
        {texts.doctors}: <strong className="tabular-nums">{valueText(language, doctors)}</strong>
      </p>
      <FigureCards
        cards={[
          {
            name: texts.patients,
            value: patients,
            means: definitions.patients[language],
            rows: rowsOf('patients', 'patients'),
          },
          {
            name: texts.patientVisits,
            value: figures.patientVisits,
            means: definitions.patientVisits[language],
            rows: rowsOf('patients', 'patientVisits'),
          },
          {
            name: texts.appointments,
            value: figures.appointments,
            means: definitions.appointments[language],
            rows: rowsOf('patients', 'appointments'),
          },
          {
            name: texts.earnings,
            value: figures.earnings,
            means: definitions.earnings[language],
            rows: rowsOf('revenue', 'earned'),
          },
        ]}
      />
      <StatusCounts
        statuses={figures.statuses}
        means={definitions.statuses[language]}
        rowsOf={(status) => rowsOf('outcomes', status)}
      />
      <p className="max-w-160 text-note text-quiet">{definitions.period[language]}</p>
    </>
  );
}
