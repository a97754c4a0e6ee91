import { getCountedFile } from '../../../src/contract/counts.ts';
import { getFigureReport, type FigureReportName } from '../../../src/contract/figures.ts';
import { filtersOf, readFigureAddress } from '../../lib/figure-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { CountButton } from './count-button.tsx';
import { DownloadButton, Downloads } from './downloads.tsx';
import { useGrouping } from './use-grouping.ts';
import { useCounted } from './use-report.ts';
import { useTooMuch } from './use-too-much.ts';

/** The files of a report's screen, of what it shows: of what the work in its address has counted, else as it is counted now. */
export function ReportFiles({ name }: { name: FigureReportName }) {
  const { me, words, today } = useStaff();
  const { download, apart } = words.figures;
  const address = readFigureAddress(useScreenQuery().query, today());
  const { by } = useGrouping(name);
  const groupBy = by === null ? {} : { groupBy: by };
  const { workId } = address;
  const counted = useCounted(workId, { ask: false }).data?.reports.some((report) => report.groupBy === by);
  const explain = useTooMuch();
  if (workId !== null && counted)
    return (
      <Downloads text={`${download.text} ${apart.files}`}>
        {(file) => (
          <DownloadButton
            format={file.format}
            route={getCountedFile}
            input={{ params: { id: workId }, query: { ...groupBy, ...file } }}
          />
        )}
      </Downloads>
    );
  return (
    <Downloads text={download.text}>
      {(file) => (
        <DownloadButton
          format={file.format}
          route={getFigureReport}
          input={{ params: { name }, query: { ...filtersOf(address, me.userType), ...groupBy, ...file } }}
          explain={explain}
          way={
            <>
              <p className="mb-2 max-w-96">{apart.filesThen}</p>
              <CountButton name={name} />
            </>
          }
        />
      )}
    </Downloads>
  );
}
