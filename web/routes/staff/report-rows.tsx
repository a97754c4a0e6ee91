import { Link } from '@tanstack/react-router';
import {
  listReportAppointments,
  type MonthlyReport,
  type Report,
  type ReportRow,
} from '../../../src/contract/reports.ts';
import { useDoctorMonth, versionIn } from '../../features/reports/doctor-month.tsx';
import { MakeButton } from '../../features/reports/make-button.tsx';
import { rowColumns } from '../../features/reports/row-columns.tsx';
import { versionText } from '../../features/reports/report-words.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded, LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { formatYearMonth } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney, sumMoney } from '../../lib/money.ts';
import { doctorName } from '../../lib/names.ts';
import { filled, readReportAddress, type ReportAddress } from '../../lib/report-address.ts';
import { figureName } from '../../lib/report-figures.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';

/** The appointments that a figure of a version is made of. */
export function ReportRows() {
  const { me, today } = useStaff();
  const address = readReportAddress(useScreenQuery().query, today());
  const doctorId = me.userType === 'doctor' ? me.id : address.doctorId;
  return doctorId === null ? <NotFound /> : <OfDoctor doctorId={doctorId} address={address} />;
}

function OfDoctor({ doctorId, address }: { doctorId: number; address: ReportAddress }) {
  const { words, language } = useStaff();
  const { rows, figures } = words.reports;
  const { figure: _, ...others } = useScreenQuery().query;
  const month = useDoctorMonth(doctorId, address);
  return (
    <>
      <p data-screen-only className="mb-2">
        <Link to="/reports" search={filled(others)} className="link inline-flex min-h-11 items-center">
          {rows.back}
        </Link>
      </p>
      <Page title={rows.title(figureName(language, figures, address.figure))}>
        <Loaded read={month} skeleton={<Skeleton rows={8} />}>
          {(data) => <OfMonth month={data} address={address} />}
        </Loaded>
      </Page>
    </>
  );
}

function OfMonth({ month, address }: { month: MonthlyReport; address: ReportAddress }) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { rows } = words.reports;
  const shown = versionIn(month, address);
  return (
    <>
      <p className="mb-4 font-semibold">
        {[
          doctorName(language, month.doctor),
          formatYearMonth(language, address.month),
          versionText(speaker, shown),
        ].join(' · ')}
      </p>
      {shown.id === null ? (
        <Empty title={rows.notMadeTitle} action={<MakeButton month={month} />}>
          {rows.notMade}
        </Empty>
      ) : (
        <OfVersion id={shown.id} figure={address.figure} />
      )}
    </>
  );
}

function OfVersion({ id, figure }: Pick<ReportAddress, 'figure'> & { id: NonNullable<Report['id']> }) {
  const speaker = useStaff();
  const { rows, title } = speaker.words.reports;
  const read = useReadPages(listReportAppointments, { params: { id }, query: { figure, limit: 50 } });
  return (
    <LoadedPages read={read} more={rows.more} skeleton={<Skeleton rows={8} />}>
      {(items, { all }) =>
        items.length === 0 ? (
          <Empty title={rows.noneTitle}>{rows.none}</Empty>
        ) : (
          <>
            <p className="mb-2 text-note text-quiet">
              {figure === 'patientVisits' ? `${rows.firstOfEach} ` : ''}
              {rows.asMade}
            </p>
            <Count items={items} all={all} />
            <DataTable
              caption={title}
              rows={items}
              keyOf={({ id }) => id}
              columns={rowColumns<ReportRow>(speaker)}
            />
          </>
        )
      }
    </LoadedPages>
  );
}

/** What the figure is the sum of: shown once all are there. */
function Count({ items, all }: { items: readonly ReportRow[]; all: boolean }) {
  const { words, language } = useStaff();
  const { rows } = words.reports;
  const count = digits(language, items.length);
  const fees = formatMoney(language, sumMoney(items.map(({ fee }) => fee)));
  return (
    <output className="mb-3 block">
      {all ? (
        <>
          <strong>{rows.all(count)}</strong> · {rows.fees(fees)}
        </>
      ) : (
        rows.first(count)
      )}
    </output>
  );
}
