import { Link } from '@tanstack/react-router';
import type { MonthlyReport, Report } from '../../../src/contract/reports.ts';
import { filled } from '../../lib/report-address.ts';
import { valueOf, valueText } from '../../lib/report-figures.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { differenceText, madeWhen, versionText } from './report-words.ts';

/** Every version of a month, the newest first, each with what it differs by from the one before. */
export function VersionsTable({ month, shown }: { month: MonthlyReport; shown: Report }) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { versions, figures } = words.reports;
  const { columns } = versions;
  const { query } = useScreenQuery();
  const column = (figure: keyof typeof figures) => ({
    name: figure,
    head: figures[figure],
    numeric: true,
    render: (report: Report) => valueText(language, valueOf(report, figure)),
  });
  if (month.versions.length === 0) return null;
  return (
    <Panel id="versions" title={versions.title}>
      <p className="mb-3 text-quiet">{versions.text}</p>
      <DataTable
        caption={versions.title}
        rows={month.versions}
        keyOf={({ id }) => id ?? 0}
        columns={[
          {
            name: 'version',
            head: columns.version,
            render: (report) => (
              <span className="flex flex-wrap items-center gap-2 whitespace-nowrap">
                {report.id === shown.id ? (
                  <>
                    {versionText(speaker, report)}
                    <Tag tone="info">{versions.shown}</Tag>
                  </>
                ) : (
                  <Link
                    to="."
                    search={filled({ ...query, version: String(report.version) })}
                    className="link inline-flex min-h-9 items-center"
                  >
                    {versionText(speaker, report)}
                  </Link>
                )}
              </span>
            ),
          },
          {
            name: 'made',
            head: columns.made,
            render: (report) => (
              <span className="max-md:text-right">
                {versions.by(madeWhen(speaker, report), report.madeBy?.fullName ?? versions.schedule)}
              </span>
            ),
          },
          column('patientVisits'),
          column('appointments'),
          column('earnings'),
          {
            name: 'change',
            head: columns.change,
            render: ({ change }) => (
              <span className="text-note max-md:text-right">{differenceText(speaker, change)}</span>
            ),
          },
        ]}
      />
    </Panel>
  );
}
