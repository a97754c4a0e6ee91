import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listDesk } from '../../../src/contract/desk.ts';
import { digits } from '../../lib/digits.ts';
import { textIn } from '../../lib/form-values.ts';
import { readMobile } from '../../lib/read-typed.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';
import { LoadedPages } from '../staff/loaded.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { VisitList } from './visit-list.tsx';

/** One field for what somebody at the desk can say, show or hold before a scanner. */
export function FindAppointment() {
  const { words, call } = useStaff();
  const { day } = words.desk;
  const { query, change } = useScreenQuery();
  const { find = '' } = query;
  const [busy, setBusy] = useState(false);
  const [missed, setMissed] = useState(false);
  const search = async (typed: string): Promise<void> => {
    const token = /\/a\/([A-Za-z0-9_-]{20,64})/.exec(typed)?.[1];
    setMissed(false);
    if (token === undefined) return change({ find: readMobile(typed) ?? typed, earlier: null });
    // The link opens the patient's page to whoever has it, so the address keeps the reference instead.
    setBusy(true);
    const found = await call(listDesk, { query: { token } }).catch(() => null);
    setBusy(false);
    const reference = found?.items[0]?.reference;
    setMissed(reference === undefined);
    if (reference !== undefined) change({ find: reference, earlier: null });
  };
  return (
    <search className="mb-6 block max-w-160" data-screen-only>
      <form
        key={find}
        onSubmit={(event) => {
          event.preventDefault();
          void search(textIn(new FormData(event.currentTarget), 'find'));
        }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3"
      >
        <TextField
          name="find"
          label={day.find}
          hint={day.findHint}
          type="search"
          value={find}
          error={missed ? day.unknownCode : undefined}
          autoComplete="off"
        />
        <Button look="secondary" busy={busy} pending={words.kit.loading}>
          {day.findButton}
        </Button>
      </form>
    </search>
  );
}

/** What the words in the address lead to. */
export function FoundAppointments() {
  const { words, language, today } = useStaff();
  const { day, booking } = words.desk;
  const { query, change } = useScreenQuery();
  const typed = (query['find'] ?? '').trim();
  const mobile = readMobile(typed);
  const earlier = query['earlier'] === 'yes';
  const read = useReadPages(listDesk, {
    query: mobile
      ? { mobile, limit: 100, ...(earlier ? {} : { from: today() }) }
      : { reference: typed, limit: 100 },
  });
  const actions = (
    <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2">
      {mobile ? (
        <Link to="/book" search={{ mobile }} className="link inline-flex min-h-12 items-center">
          {booking.forNumber}
        </Link>
      ) : null}
      {mobile && !earlier ? (
        <Button type="button" look="secondary" onClick={() => change({ earlier: 'yes' })}>
          {day.earlierVisits}
        </Button>
      ) : null}
      <Button type="button" look="secondary" onClick={() => change({ find: null, earlier: null })}>
        {day.showDay}
      </Button>
    </div>
  );
  const nothing = (
    <Empty title={mobile && !earlier ? day.noneToCome : day.notFound} action={actions}>
      {mobile ? day.noneOfNumber : day.notFoundText}
    </Empty>
  );
  // What is no reference is told so by the server; to whoever typed it, it is simply not there.
  if (read.isError && read.data === undefined && refusalOf(read.error)?.code === 'invalid_input')
    return nothing;
  return (
    <LoadedPages read={read} more={day.more}>
      {(items) => (
        <>
          <output className={items.length === 0 ? 'sr-only' : 'mb-2 block text-quiet'}>
            {items.length === 0 ? day.notFound : day.found(digits(language, items.length))}
          </output>
          {items.length === 0 ? (
            nothing
          ) : (
            <>
              <VisitList
                label={day.found(digits(language, items.length))}
                appointments={items}
                dated
                doctors
                apart={false}
              />
              {actions}
            </>
          )}
        </>
      )}
    </LoadedPages>
  );
}
