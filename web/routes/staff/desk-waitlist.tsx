import { useState } from 'react';
import { listWaitlist } from '../../../src/contract/waitlist.ts';
import { deskPlaceText, type DeskPlace, placesOf, useDesk } from '../../features/desk/use-desk.ts';
import { Loaded, LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { WaitlistTable } from '../../features/waitlist/waitlist-table.tsx';
import { WriteDown } from '../../features/waitlist/write-down.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';

/** Who waits at the desks one runs, in the order of the line. */
export function DeskWaitlist() {
  const { me, words } = useStaff();
  const { waitlist } = words;
  return (
    <Page title={waitlist.title} lead={waitlist.lead}>
      {/* An administrator sees every line, but runs no desk to write somebody down at. */}
      {me.userType === 'admin' ? <Line places={[]} /> : <OwnLines />}
    </Page>
  );
}

function OwnLines() {
  const { desk } = useStaff().words;
  const read = useDesk();
  return (
    <Loaded read={read}>
      {({ chambers }) => {
        const places = placesOf(chambers).filter(({ doctor }) => doctor.visitTypes.length > 0);
        return places.length === 0 ? (
          <Empty title={desk.day.noDesk}>{desk.day.noDeskText}</Empty>
        ) : (
          <Line places={places} />
        );
      }}
    </Loaded>
  );
}

function Line({ places }: { places: readonly DeskPlace[] }) {
  const { me, words, language } = useStaff();
  const { waitlist } = words;
  const { query, change } = useScreenQuery();
  const [adding, setAdding] = useState(false);
  const [chamberId, doctorId] = (query['where'] ?? '').split('.').map(Number);
  const read = useReadPages(listWaitlist, {
    query: { limit: 100, ...(chamberId ? { chamberId } : {}), ...(doctorId ? { doctorId } : {}) },
  });
  return (
    <>
      <div className="mb-4 grid max-w-160 grid-cols-1 items-end gap-4 sm:grid-cols-[minmax(0,1fr)_auto]">
        {places.length > 1 ? (
          <Select
            name="where"
            label={waitlist.where}
            value={query['where']}
            options={[
              { value: '', text: waitlist.everywhere },
              ...places.map((place) => ({ value: place.value, text: deskPlaceText(language, place) })),
            ]}
            onChange={(where) => change({ where })}
          />
        ) : null}
        {places.length > 0 ? (
          <div>
            <Button type="button" onClick={() => setAdding(true)}>
              {waitlist.add}
            </Button>
          </div>
        ) : null}
      </div>
      <WriteDown places={places} open={adding} onClose={() => setAdding(false)} />
      <LoadedPages read={read} more={waitlist.more}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={waitlist.noneTitle}>{waitlist.noneText}</Empty>
          ) : (
            <WaitlistTable entries={items} doctors={me.userType !== 'doctor'} />
          )
        }
      </LoadedPages>
    </>
  );
}
