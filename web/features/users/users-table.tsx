import type { User } from '../../../src/contract/users.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { addressesOf, statusTones, userName, useUserWords } from './user-words.ts';

/** What everybody is and whether they may sign in; each opens to what is to be known and done. */
export function UsersTable(props: { users: readonly User[]; onOpen: (id: number) => void }) {
  const { words, language } = useStaff();
  const texts = useUserWords();
  const { columns } = texts;
  return (
    <DataTable
      caption={texts.title}
      rows={props.users}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          head: columns.name,
          render: (user) => (
            <>
              {userName(language, user)}
              <span className="block text-note font-normal break-words text-quiet">{addressesOf(user)}</span>
            </>
          ),
        },
        { name: 'kind', head: columns.kind, render: ({ userType }) => words.shell.roles[userType] },
        {
          name: 'status',
          head: columns.status,
          render: ({ status, doctor }) => (
            <span className="flex flex-wrap gap-2 max-md:justify-end">
              <Tag tone={statusTones[status]}>{words.doctors.statuses[status]}</Tag>
              {doctor && doctor.approval !== 'approved' ? (
                <Tag tone={doctor.approval === 'pending' ? 'waiting' : 'error'}>
                  {words.doctors.approvals[doctor.approval]}
                </Tag>
              ) : null}
            </span>
          ),
        },
        {
          name: 'open',
          head: columns.open,
          numeric: true,
          render: (user) => (
            <Button
              type="button"
              look="secondary"
              size="dense"
              label={texts.openOf(userName(language, user))}
              onClick={() => props.onOpen(user.id)}
            >
              {texts.open}
            </Button>
          ),
        },
      ]}
    />
  );
}
