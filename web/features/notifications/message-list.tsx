import { Link } from '@tanstack/react-router';
import {
  listNotifications,
  type Notification,
  readNotifications,
} from '../../../src/contract/notifications.ts';
import { digits } from '../../lib/digits.ts';
import { splitLanguage } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { explain } from '../staff/explain.ts';
import { MessageText } from './message-text.tsx';

/** The messages so far, newest first; all or one of them can be marked as read, and opening one does so too. */
export function MessageList(props: { items: readonly Notification[]; unread: number }) {
  const { words, language } = useStaff();
  const { told } = words;
  const { items, unread } = props;
  const read = useWrite(readNotifications, { changes: [listNotifications] });
  const newest = items[0];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="unread" aria-live="polite" className="text-lead">
          {unread === 0 ? told.allRead : told.unreadCount(digits(language, unread))}
        </h2>
        {unread > 0 && newest ? (
          <Button
            type="button"
            look="secondary"
            busy={read.busy}
            pending={told.reading}
            onClick={() =>
              void read.send({ body: { upTo: newest.id } }).then((done) => done && focusHeading('unread'))
            }
          >
            {told.readAll}
          </Button>
        ) : null}
      </div>
      <Failure text={read.error ? explain(words, read.error).text : null} className="mb-3" />
      <ul className="border-t border-hairline">
        {items.map((message) => (
          <Row key={message.id} message={message} />
        ))}
      </ul>
    </>
  );
}

function Row({ message }: { message: Notification }) {
  const { words, language } = useStaff();
  const { told } = words;
  const read = useWrite(readNotifications, { changes: [listNotifications] });
  const mark = () => read.send({ body: { ids: [message.id] } });
  const unread = message.readAt === null;
  return (
    <MessageText
      message={message}
      language={language}
      words={told}
      title={<Title message={message} onOpen={mark} />}
    >
      {unread ? (
        <Button
          type="button"
          look="secondary"
          size="dense"
          label={told.readOne(message.title)}
          busy={read.busy}
          pending={told.reading}
          onClick={() => void mark().then((done) => done && focusHeading('unread'))}
        >
          {told.read}
        </Button>
      ) : null}
      {read.error ? (
        <p role="alert" className="basis-full text-note text-error">
          {explain(words, read.error).text}
        </p>
      ) : null}
    </MessageText>
  );
}

/** A page of this app opens in it; another one after the message is marked, which leaving would cut short. */
function Title(props: { message: Notification; onOpen: () => Promise<unknown> }) {
  const { path, title, readAt } = props.message;
  if (path === null) return title;
  const { path: plain } = splitLanguage(path);
  const unread = readAt === null;
  if (plain.startsWith('/staff/')) {
    const [to = '/', query = ''] = plain.slice('/staff'.length).split('?');
    return (
      <Link
        to={to}
        search={Object.fromEntries(new URLSearchParams(query))}
        className="link"
        onClick={() => (unread ? void props.onOpen() : undefined)}
      >
        {title}
      </Link>
    );
  }
  return (
    <a
      href={path}
      className="link"
      onClick={(event) => {
        if (!unread || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void props.onOpen().then(() => window.location.assign(path));
      }}
    >
      {title}
    </a>
  );
}
