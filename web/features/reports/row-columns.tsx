import { Link } from '@tanstack/react-router';
import type { FigureRow } from '../../../src/contract/figures.ts';
import { statusNames, type ReportRow } from '../../../src/contract/reports.ts';
import { formatShortDate } from '../../lib/dates.ts';
import { formatMoney } from '../../lib/money.ts';
import { localName } from '../../lib/names.ts';
import type { Staff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import type { Column } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { statusTones } from '../desk/desk-words.ts';

/** The columns of the appointments behind a figure; `own` are those of a kind of figure, before the reference that opens one. */
export function rowColumns<Row extends ReportRow | FigureRow>(
  { words, language }: Pick<Staff, 'words' | 'language'>,
  own: readonly Column<Row>[] = [],
): Column<Row>[] {
  const { rows } = words.reports;
  const { columns } = rows;
  return [
    {
      name: 'when',
      head: columns.when,
      render: ({ startsAt }) =>
        `${formatShortDate(language, wallDate(startsAt))}, ${formatTime(language, wallTime(startsAt))}`,
    },
    { name: 'patient', head: columns.patient, render: ({ patient }) => patient.fullName },
    { name: 'chamber', head: columns.chamber, render: ({ chamber }) => localName(language, chamber) },
    {
      name: 'status',
      head: columns.status,
      render: ({ status }) => <Tag tone={statusTones[status]}>{statusNames[language][status]}</Tag>,
    },
    { name: 'fee', head: columns.fee, numeric: true, render: ({ fee }) => formatMoney(language, fee) },
    ...own,
    {
      name: 'reference',
      head: columns.reference,
      render: ({ id, reference, patient }) => (
        <Link
          to="/appointments/$appointmentId"
          params={{ appointmentId: String(id) }}
          aria-label={rows.open(reference, patient.fullName)}
          className="link inline-flex min-h-9 items-center whitespace-nowrap tabular-nums"
        >
          {reference}
        </Link>
      ),
    },
  ];
}
