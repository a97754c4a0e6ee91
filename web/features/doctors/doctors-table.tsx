import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DoctorCard } from '../../../src/contract/doctors.ts';
import type { User } from '../../../src/contract/users.ts';
import { doctorName, specializationName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';

/** Doctors as an administrator sees them; the names lead to what the screen is about. */
export function DoctorsTable(props: {
  doctors: readonly User[];
  renderName: (id: number, name: string) => ReactNode;
  /** About whom something is to be decided here, and what. */
  decisions?: { about: (user: User) => boolean; render: (user: User) => ReactNode };
}) {
  const { words, language } = useStaff();
  const { columns, approvals, statuses, title } = words.doctors;
  const { decisions } = props;
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
              {props.renderName(
                user.id,
                doctorName(language, { fullName: user.fullName, nameBn: user.doctor?.nameBn ?? null }),
              )}
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
        ...(decisions && props.doctors.some(decisions.about)
          ? [
              {
                name: 'decision',
                head: columns.decision,
                numeric: true,
                render: (user: User) => (decisions.about(user) ? decisions.render(user) : null),
              },
            ]
          : []),
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
          render: (doctor) => <SetUpLink id={doctor.id} name={doctorName(language, doctor)} />,
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

/** A doctor's name as the way to their set-up. */
export function SetUpLink({ id, name }: { id: number; name: string }) {
  return (
    <Link
      to="/doctors/$doctorId/hours"
      params={{ doctorId: String(id) }}
      className="link inline-flex min-h-9 items-center"
    >
      {name}
    </Link>
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
