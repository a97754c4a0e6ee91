import { Link } from '@tanstack/react-router';
import type { DoctorCard } from '../../../src/contract/doctors.ts';
import type { User } from '../../../src/contract/users.ts';
import { doctorName, specializationName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { DataTable } from '../../ui/table.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { ApprovalButtons } from './approval-buttons.tsx';

/** Doctors as an administrator sees them; each name leads to the doctor's set-up. */
export function DoctorsTable(props: { doctors: readonly User[] }) {
  const { words, language } = useStaff();
  const { columns, approvals, statuses, title } = words.doctors;
  const decision = {
    name: 'decision',
    head: columns.decision,
    numeric: true,
    render: (user: User) =>
      user.doctor?.approval === 'pending' ? (
        <ApprovalButtons user={user} onDecided={() => focusHeading('found')} />
      ) : null,
  };
  return (
    <DataTable
      caption={title}
      rows={props.doctors}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          head: columns.name,
          render: (user) => (
            <>
              <Link
                to="/doctors/$doctorId/hours"
                params={{ doctorId: String(user.id) }}
                className="link inline-flex min-h-9 items-center"
              >
                {doctorName(language, { fullName: user.fullName, nameBn: user.doctor?.nameBn ?? null })}
              </Link>
              <span className="block text-note font-normal text-quiet">
                {user.mobile ? formatPhone(user.mobile) : user.email}
              </span>
            </>
          ),
        },
        { name: 'licence', head: columns.licence, render: (user) => user.doctor?.licenseNumber },
        {
          name: 'approval',
          head: columns.approval,
          render: ({ doctor }) =>
            doctor ? <Tag tone={approvalTones[doctor.approval]}>{approvals[doctor.approval]}</Tag> : null,
        },
        {
          name: 'status',
          head: columns.status,
          render: ({ status }) => <Tag tone={statusTones[status]}>{statuses[status]}</Tag>,
        },
        ...(props.doctors.some(({ doctor }) => doctor?.approval === 'pending') ? [decision] : []),
      ]}
    />
  );
}

/** Doctors as everybody finds them; each name leads to what the desk may read of their set-up. */
export function PublicDoctorsTable(props: { doctors: readonly DoctorCard[] }) {
  const { words, language } = useStaff();
  const { columns, title } = words.doctors;
  return (
    <DataTable
      caption={title}
      rows={props.doctors}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          head: columns.name,
          render: (doctor) => (
            <Link
              to="/doctors/$doctorId/hours"
              params={{ doctorId: String(doctor.id) }}
              className="link inline-flex min-h-9 items-center"
            >
              {doctorName(language, doctor)}
            </Link>
          ),
        },
        {
          name: 'specialty',
          head: columns.specialty,
          render: ({ specializations }) =>
            specializations.map((one) => specializationName(language, one)).join(', '),
        },
        { name: 'place', head: columns.place, render: ({ place }) => place?.thana ?? place?.district },
      ]}
    />
  );
}

const approvalTones = { pending: 'waiting', approved: 'done', refused: 'error' } as const satisfies Record<
  NonNullable<User['doctor']>['approval'],
  Tone
>;

const statusTones = { active: 'done', inactive: 'off', suspended: 'error' } as const satisfies Record<
  User['status'],
  Tone
>;
