import type { ReactNode } from 'react';
import { listUsers } from '../../../src/contract/admin.ts';
import { digits } from '../../lib/digits.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import type { ScreenQuery } from '../../lib/staff/screen-query.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';
import { LoadedPages } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { DoctorsTable } from './doctors-table.tsx';

/** How many are read at once. */
export const pageSize = 50;

/** Every doctor that the address asks for, for an administrator to choose from. */
export function AllDoctors(props: Omit<Parameters<typeof DoctorsTable>[0], 'doctors'>) {
  const { query } = useScreenQuery();
  const { q = '' } = query;
  const approval = approvalIn(query);
  const read = useReadPages(listUsers, {
    query: {
      userType: 'doctor',
      limit: pageSize,
      ...(q ? { q } : {}),
      ...(approval ? { approval } : {}),
    },
  });
  return <FoundDoctors read={read}>{(found) => <DoctorsTable {...props} doctors={found} />}</FoundDoctors>;
}

/** How those stand whom the address asks for; null: all. */
export const approvalIn = ({ approval }: ScreenQuery): 'pending' | 'approved' | 'refused' | null =>
  approval === 'pending' || approval === 'approved' || approval === 'refused' ? approval : null;

/** A part of a name or number, kept in the address. */
export function DoctorSearch(props: { label: string }) {
  const { doctors } = useStaff().words;
  const { query, change } = useScreenQuery();
  const { q = '' } = query;
  return (
    <search className="mb-6 block max-w-160">
      <form
        // The address is the truth: back and forward change what stands in the field.
        key={q}
        onSubmit={(event) => {
          event.preventDefault();
          change({ q: textIn(new FormData(event.currentTarget), 'q') });
        }}
        className="grid grid-cols-1 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]"
      >
        <TextField name="q" label={props.label} type="search" inputMode="search" value={q} />
        <Button wide>{doctors.find}</Button>
      </form>
    </search>
  );
}

/** The doctors that fit so far, and how many they are. */
export function FoundDoctors<Item>(props: {
  read: Parameters<typeof LoadedPages<Item>>[0]['read'];
  children: (found: readonly Item[]) => ReactNode;
}) {
  const { words, language } = useStaff();
  const { doctors } = words;
  const { query, change } = useScreenQuery();
  return (
    <LoadedPages read={props.read} more={doctors.more}>
      {(found, { all }) => (
        <>
          <output id="found" className="mb-2 block text-quiet">
            {found.length > 0 ? doctors.found(digits(language, found.length), !all) : null}
          </output>
          {found.length > 0 ? (
            props.children(found)
          ) : (
            <Nobody query={query} onAll={() => change({ q: null, approval: null })} />
          )}
        </>
      )}
    </LoadedPages>
  );
}

function Nobody(props: { query: ScreenQuery; onAll: () => void }) {
  const { doctors } = useStaff().words;
  const searched = (props.query['q'] ?? '') !== '';
  const approval = approvalIn(props.query);
  if (!searched && approval === null) return <Empty title={doctors.nobody}>{doctors.nobodyAdvice}</Empty>;
  return (
    <Empty
      title={searched || approval === null ? doctors.none : doctors.noneStands[approval]}
      action={
        <Button type="button" look="secondary" onClick={props.onAll}>
          {doctors.showAll}
        </Button>
      }
    >
      {searched ? doctors.noneAdvice : doctors.nobodyAdvice}
    </Empty>
  );
}
