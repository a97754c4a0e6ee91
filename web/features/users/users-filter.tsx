import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { userStatuses, userTypes, useUserWords } from './user-words.ts';

/** Who is looked for, kept in the address. */
export function UsersFilter() {
  const { words } = useStaff();
  const users = useUserWords();
  const { query, change } = useScreenQuery();
  const { q = '', userType = '', status = '' } = query;
  const narrowed = q !== '' || userType !== '' || status !== '';
  return (
    <search className="mb-6 block">
      <form
        // The address is the truth: back and forward change what stands in the fields.
        key={JSON.stringify([q, userType, status])}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          change({
            q: textIn(form, 'q'),
            userType: textIn(form, 'userType'),
            status: textIn(form, 'status'),
          });
        }}
        className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      >
        <div className="col-span-2 lg:col-span-1">
          <TextField name="q" label={users.search} type="search" inputMode="search" value={q} />
        </div>
        <Select
          name="userType"
          label={users.kind}
          value={userType}
          options={[
            { value: '', text: users.any },
            ...userTypes.map((value) => ({ value, text: words.shell.roles[value] })),
          ]}
        />
        <Select
          name="status"
          label={users.status}
          value={status}
          options={[
            { value: '', text: users.any },
            ...userStatuses.map((value) => ({ value, text: words.doctors.statuses[value] })),
          ]}
        />
        <div className="col-span-2 flex flex-wrap gap-3 lg:col-span-1">
          <Button>{users.show}</Button>
          {narrowed ? (
            <Button type="button" look="secondary" onClick={() => change(everybody)}>
              {users.all}
            </Button>
          ) : null}
        </div>
      </form>
    </search>
  );
}

/** Takes every condition out of the address. */
export const everybody = { q: null, userType: null, status: null } as const;
