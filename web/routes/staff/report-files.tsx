import { EveryAppointment } from '../../features/exports/every-appointment.tsx';
import { FileList } from '../../features/exports/file-list.tsx';
import { ReportChoice } from '../../features/reports/report-choice.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Files of many rows: those that one has asked for, and a way to ask for every appointment of a period. */
export function ReportFiles() {
  const { exports } = useStaff().words;
  return (
    <>
      <ReportChoice shown={exports.title} />
      <Page title={exports.title} lead={exports.lead}>
        <section aria-labelledby="files" className="mb-8">
          <h2 id="files" className="mb-3 text-lead">
            {exports.list.title}
          </h2>
          <FileList />
        </section>
        <Panel id="every" title={exports.every.title}>
          <EveryAppointment />
        </Panel>
      </Page>
    </>
  );
}
