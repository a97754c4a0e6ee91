import type { ReactNode } from 'react';
import { listUsers } from '../../../src/contract/admin.ts';
import { searchDoctors } from '../../../src/contract/doctors.ts';
import { DoctorsTable, PublicDoctorsTable } from '../../features/doctors/doctors-table.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import type { ScreenQuery } from '../../lib/staff/screen-query.ts';
import { digits } from '../../lib/digits.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';

/** Doctors, to choose whose set-up to open: all for an administrator, those whom patients find for the desk. */
export function Doctors() {
  const { me, words } = useStaff();
  const { doctors } = words;
  return me.userType === 'admin' ? (
    <Page title={doctors.title} lead={doctors.lead}>
      <Search label={doctors.search} />
      <ApprovalChoice />
      <AllDoctors />
    </Page>
  ) : (
    <Page title={doctors.title} lead={doctors.leadToRead}>
      <Search label={doctors.searchPublic} />
      <PublicDoctors />
    </Page>
  );
}

const pageSize = 50;

/** All, or those who wait for approval. */
function ApprovalChoice() {
  const { doctors } = useStaff().words;
  const { query, change } = useScreenQuery();
  return (
    <div className="mb-4">
      <TabChoice
        name="approval"
        legend={doctors.columns.approval}
        value={isWaiting(query) ? 'pending' : ''}
        options={[
          { value: '', text: doctors.all },
          { value: 'pending', text: doctors.approvals.pending },
        ]}
        onChange={(value) => change({ approval: value || null })}
      />
    </div>
  );
}

const isWaiting = (query: ScreenQuery): boolean => query['approval'] === 'pending';

function AllDoctors() {
  const { query } = useScreenQuery();
  const { q = '' } = query;
  const read = useReadPages(listUsers, {
    query: {
      userType: 'doctor',
      limit: pageSize,
      ...(q ? { q } : {}),
      ...(isWaiting(query) ? { approval: 'pending' as const } : {}),
    },
  });
  return <Found read={read}>{(found) => <DoctorsTable doctors={found} />}</Found>;
}

function PublicDoctors() {
  const { q = '' } = useScreenQuery().query;
  const read = useReadPages(searchDoctors, { query: { limit: pageSize, ...(q ? { q } : {}) } });
  return <Found read={read}>{(found) => <PublicDoctorsTable doctors={found} />}</Found>;
}

function Search(props: { label: string }) {
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

function Found<Item>(props: {
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
  if (!searched && !isWaiting(props.query))
    return <Empty title={doctors.nobody}>{doctors.nobodyAdvice}</Empty>;
  return (
    <Empty
      title={searched ? doctors.none : doctors.noneWaits}
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
