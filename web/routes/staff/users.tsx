import { useState } from 'react';
import { listUsers } from '../../../src/contract/admin.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import { Page } from '../../features/staff/page.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { AddUserDialog } from '../../features/users/add-user-dialog.tsx';
import { userStatuses, userTypes, useUserWords } from '../../features/users/user-words.ts';
import { UserDialog } from '../../features/users/user-dialog.tsx';
import { everybody, UsersFilter } from '../../features/users/users-filter.tsx';
import { UsersTable } from '../../features/users/users-table.tsx';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import type { ScreenQuery } from '../../lib/staff/screen-query.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';

/** Everybody with an account. Whom it shows, and who is open, stands in the address. */
export function Users() {
  const { language } = useStaff();
  const users = useUserWords();
  const { query, change } = useScreenQuery();
  const read = useReadPages(listUsers, { query: askedFor(query) });
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={users.title}
      lead={users.lead}
      actions={
        <Button type="button" onClick={() => setAdding(true)}>
          {users.add}
        </Button>
      }
    >
      <UsersFilter />
      <LoadedPages read={read} more={users.more}>
        {(found, { all }) => (
          <>
            <output className="mb-2 block text-quiet">
              {found.length > 0 ? users.found(digits(language, found.length), !all) : null}
            </output>
            {found.length > 0 ? (
              <UsersTable users={found} onOpen={(id) => change({ user: String(id) })} />
            ) : (
              <Empty
                title={users.none}
                action={
                  <Button type="button" look="secondary" onClick={() => change(everybody)}>
                    {users.all}
                  </Button>
                }
              >
                {users.noneAdvice}
              </Empty>
            )}
          </>
        )}
      </LoadedPages>
      <UserDialog id={openIn(query)} onClose={() => change({ user: null })} />
      <AddUserDialog
        title={users.add}
        kinds={['assistant', 'admin']}
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(user) => {
          setAdding(false);
          change({ user: String(user.id) });
        }}
      />
    </Page>
  );
}

/** What the address asks for; what is no kind or status is left out. */
function askedFor({ q, userType, status }: ScreenQuery): RouteInput<typeof listUsers>['query'] & object {
  const kind = userTypes.find((each) => each === userType);
  const standing = userStatuses.find((each) => each === status);
  return {
    limit: 50,
    ...(q ? { q } : {}),
    ...(kind ? { userType: kind } : {}),
    ...(standing ? { status: standing } : {}),
  };
}

const openIn = ({ user }: ScreenQuery): number | null =>
  user !== undefined && /^[1-9]\d{0,8}$/.test(user) ? Number(user) : null;
