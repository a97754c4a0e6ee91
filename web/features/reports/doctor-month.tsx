import { getMonthlyReport, type MonthlyReport, type ReportFigure } from '../../../src/contract/reports.ts';
import { doctorName } from '../../lib/names.ts';
import { filled, type ReportAddress } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { DownloadButton, Downloads } from './downloads.tsx';
import { FigureCards, StatusCounts, type Rows } from './figure-cards.tsx';
import { StandingPanel } from './standing-panel.tsx';
import { VersionsTable } from './versions-table.tsx';

/** A doctor's month as the API tells it. */
export const useDoctorMonth = (doctorId: number, { month }: Pick<ReportAddress, 'month'>) =>
  useRead(getMonthlyReport, {
    query: { doctorId, year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) },
  });

/** The version that an address names; the latest where it names none, or one that there is not. */
export const versionIn = (month: MonthlyReport, { version }: Pick<ReportAddress, 'version'>) =>
  month.versions.find((each) => each.version === version) ?? month.report;

/** One doctor's month: figures with their meaning, how it stands, files and versions. */
export function DoctorMonth({ doctorId, address }: { doctorId: number; address: ReportAddress }) {
  const read = useDoctorMonth(doctorId, address);
  return (
    <Loaded read={read} skeleton={<Skeleton rows={4} rowHeight="panel" />}>
      {(month) => <Month month={month} address={address} />}
    </Loaded>
  );
}

function Month({ month, address }: { month: MonthlyReport; address: ReportAddress }) {
  const { me, words, language } = useStaff();
  const { figures, download } = words.reports;
  const { query } = useScreenQuery();
  const { definitions, doctor } = month;
  const shown = versionIn(month, address);
  const rowsOf = (figure: ReportFigure): Rows => ({
    report: null,
    query: filled({ ...query, month: address.month, figure }),
  });
  return (
    <>
      <p className="mb-3 text-lead" data-print-only={doctor.id === me.id || undefined}>
        {doctorName(language, doctor)}
      </p>
      <FigureCards
        cards={(['patientVisits', 'appointments', 'earnings'] as const).map((figure) => ({
          name: figures[figure],
          value: shown[figure],
          means: definitions[figure][language],
          rows: rowsOf(figure),
        }))}
      />
      <StandingPanel month={month} shown={shown} />
      <StatusCounts statuses={shown.statuses} means={definitions.statuses[language]} rowsOf={rowsOf} />
      <Downloads text={`${download.text} ${month.versions.length > 1 ? download.latest : ''}`}>
        {(file) => (
          <DownloadButton
            format={file.format}
            route={getMonthlyReport}
            input={{ query: { year: month.year, month: month.month, doctorId: doctor.id, ...file } }}
          />
        )}
      </Downloads>
      <VersionsTable month={month} shown={shown} />
      <p className="max-w-160 text-note text-quiet">{definitions.period[language]}</p>
    </>
  );
}
