import { Link } from '@tanstack/react-router';
import { AllDoctors, DoctorSearch } from '../../features/doctors/find-doctors.tsx';
import { AllDoctorsMonth } from '../../features/reports/all-doctors-month.tsx';
import { DoctorMonth } from '../../features/reports/doctor-month.tsx';
import { MonthChoice } from '../../features/reports/month-choice.tsx';
import { PrintButton } from '../../features/reports/print-button.tsx';
import { ReportChoice } from '../../features/reports/report-choice.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { filled, readReportAddress } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { SectionHeading } from '../../ui/layout.tsx';

/** A month's report: a doctor's own; for an administrator any doctor's, and that over all. */
export function Reports() {
  const { me, words, today } = useStaff();
  const address = readReportAddress(useScreenQuery().query, today());
  const doctorId = me.userType === 'doctor' ? me.id : address.doctorId;
  return (
    <>
      <ReportChoice shown={words.reports.title} />
      {doctorId === null ? <OverAll month={address.month} /> : <OfOne doctorId={doctorId} />}
    </>
  );
}

function OfOne({ doctorId }: { doctorId: number }) {
  const { me, words, today } = useStaff();
  const { reports } = words;
  const { query } = useScreenQuery();
  const { doctor: _, version: __, ...others } = query;
  return (
    <Page title={reports.one} lead={reports.lead} actions={<PrintButton />}>
      {me.userType === 'admin' ? (
        <p data-screen-only className="mb-2">
          <Link to="/reports" search={filled(others)} className="link inline-flex min-h-11 items-center">
            {reports.allDoctors}
          </Link>
        </p>
      ) : null}
      <MonthChoice />
      <DoctorMonth doctorId={doctorId} address={readReportAddress(query, today())} />
    </Page>
  );
}

function OverAll({ month }: { month: string }) {
  const { reports, doctors } = useStaff().words;
  const { query } = useScreenQuery();
  const { q: _, ...others } = query;
  return (
    <Page title={reports.title} lead={reports.leadAll} actions={<PrintButton />}>
      <MonthChoice />
      <AllDoctorsMonth month={month} />
      <section aria-labelledby="find" data-screen-only>
        <SectionHeading id="find">{reports.find.title}</SectionHeading>
        <DoctorSearch label={doctors.search} />
        <AllDoctors
          renderName={(id, name) => (
            <Link
              to="/reports"
              search={filled({ ...others, doctor: String(id) })}
              aria-label={reports.find.report(name)}
              className="link inline-flex min-h-9 items-center"
            >
              {name}
            </Link>
          )}
        />
      </section>
    </Page>
  );
}
