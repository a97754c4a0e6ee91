import type { ReactNode } from 'react';
import { listNotifications, type Notification, readNotifications } from '../../src/contract/notifications.ts';
import { MessageText } from '../features/notifications/message-text.tsx';
import { answerPage } from '../features/site/document.tsx';
import { digits } from '../lib/digits.ts';
import { localPath } from '../lib/local-path.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { callAs, link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { Button } from '../ui/button.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';

const perPage = 20;

/** What the signed-in visitor was told. Opening a message, or a button beside it, marks it as read. */
export const myMessages: PageRoute = {
  path: '/me/messages',
  get: async (visit) => {
    const { m, session, language } = visit;
    if (!session) return signInFirst(visit);
    const cursor = visit.query.get('cursor');
    const query = { limit: perPage, ...(cursor ? { cursor } : {}) };
    const { items, nextCursor, unread } = await callAs(visit, session)(listNotifications, { query });
    const page = link(visit, '/me/messages');
    const newest = items[0];
    return answerPage(
      visit,
      { title: m.told.title, unread },
      <Column>
        <PageHeading lead={m.told.lead}>{m.told.title}</PageHeading>
        <p className="mb-4">
          <a href={link(visit, '/me/messages/settings')} className="link inline-flex min-h-12 items-center">
            {m.told.settings}
          </a>
        </p>
        {items.length === 0 ? (
          <div className="border-t border-hairline pt-4">
            <p className="font-semibold">{m.told.noneTitle}</p>
            <p className="text-quiet">{m.told.none}</p>
          </div>
        ) : (
          <>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
              <p className="text-lead">
                {unread === 0 ? m.told.allRead : m.told.unreadCount(digits(language, unread))}
              </p>
              {unread > 0 && newest && !cursor ? (
                <ActForm visit={visit} act="all" message={newest}>
                  <Button look="secondary" pending={m.told.reading}>
                    {m.told.readAll}
                  </Button>
                </ActForm>
              ) : null}
            </div>
            <ul className="border-t border-hairline">
              {items.map((message) => (
                <Row key={message.id} visit={visit} message={message} />
              ))}
            </ul>
          </>
        )}
        <p className="mt-4 flex flex-wrap gap-x-6">
          {cursor ? (
            <a href={page} className="link inline-flex min-h-12 items-center">
              {m.told.newest}
            </a>
          ) : null}
          {nextCursor ? (
            <a
              href={withQuery(page, { cursor: nextCursor })}
              className="link inline-flex min-h-12 items-center"
            >
              {m.told.earlier}
            </a>
          ) : null}
        </p>
      </Column>,
    );
  },
  post: async (visit, _, form) => {
    const { session } = visit;
    if (!session) return signInFirst(visit);
    const act = typed(form, 'act');
    const id = Number(typed(form, 'id'));
    const body = act === 'all' ? { upTo: id } : { ids: [id] };
    await callAs(visit, session)(readNotifications, { body });
    const next = act === 'open' ? localPath(typed(form, 'path')) : null;
    const here = withQuery(link(visit, '/me/messages'), { cursor: visit.query.get('cursor') });
    return seeOther(visit, next ?? here);
  },
};

const signInFirst = (visit: Visit): Response =>
  seeOther(visit, withQuery(link(visit, '/sign-in'), { next: link(visit, '/me/messages') }));

function Row({ visit, message }: { visit: Visit; message: Notification }) {
  const { m, language } = visit;
  const { title, path, readAt } = message;
  const read =
    path === null ? (
      title
    ) : (
      <a href={path} className="link">
        {title}
      </a>
    );
  return (
    <MessageText
      message={message}
      language={language}
      words={m.told}
      title={
        path === null || readAt !== null ? (
          read
        ) : (
          <ActForm visit={visit} act="open" message={message}>
            <button type="submit" className="link min-h-8 text-left font-semibold">
              {title}
            </button>
          </ActForm>
        )
      }
    >
      {readAt === null ? (
        <ActForm visit={visit} act="one" message={message}>
          <Button look="secondary" label={m.told.readOne(title)} pending={m.told.reading}>
            {m.told.read}
          </Button>
        </ActForm>
      ) : null}
    </MessageText>
  );
}

function ActForm(props: {
  visit: Visit;
  act: 'all' | 'one' | 'open';
  message: Notification;
  children: ReactNode;
}) {
  const { visit, act, message } = props;
  const action = withQuery(link(visit, '/me/messages'), { cursor: visit.query.get('cursor') });
  return (
    <form method="post" action={action}>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="id" value={message.id} />
      {act === 'open' && message.path ? <input type="hidden" name="path" value={message.path} /> : null}
      {props.children}
    </form>
  );
}
