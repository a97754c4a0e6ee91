import { Link } from '@tanstack/react-router';
import { MessageList } from '../../features/notifications/message-list.tsx';
import { useNotifications, useUnread } from '../../features/notifications/queries.ts';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** What whoever is signed in was told. */
export function Messages() {
  const { told } = useStaff().words;
  const read = useNotifications();
  const unread = useUnread();
  return (
    <Page
      title={told.title}
      lead={told.lead}
      actions={
        <Link to="/messages/settings" className="link inline-flex min-h-12 items-center">
          {told.settings}
        </Link>
      }
    >
      <LoadedPages read={read} more={told.more} skeleton={<Skeleton rows={5} rowHeight="panel" />}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={told.noneTitle}>{told.none}</Empty>
          ) : (
            <MessageList
              items={items}
              unread={unread.data?.unread ?? items.filter(({ readAt }) => readAt === null).length}
            />
          )
        }
      </LoadedPages>
    </Page>
  );
}
