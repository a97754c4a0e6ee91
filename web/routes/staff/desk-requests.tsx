import { listDesk } from '../../../src/contract/desk.ts';
import { VisitList } from '../../features/desk/visit-list.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Empty } from '../../ui/states.tsx';

/** Bookings that wait for a decision, the nearest visit first. */
export function DeskRequests() {
  const { me, words, language } = useStaff();
  const { requests, day } = words.desk;
  const read = useReadPages(listDesk, { query: { status: 'pending', limit: 50 } }, { everyMs: 30_000 });
  return (
    <Page title={requests.title} lead={requests.lead}>
      <LoadedPages read={read} more={day.more}>
        {(items, { all }) =>
          items.length === 0 ? (
            <Empty title={requests.noneTitle}>{requests.noneText}</Empty>
          ) : (
            <>
              <p aria-live="polite" className="mb-2 text-quiet">
                {requests.counts(digits(language, items.length), all)}
              </p>
              <VisitList
                label={requests.title}
                appointments={items}
                dated
                doctors={me.userType !== 'doctor'}
              />
            </>
          )
        }
      </LoadedPages>
    </Page>
  );
}
