import type { ReactNode } from 'react';
import type { Notification } from '../../../src/contract/notifications.ts';
import { formatShortDate } from '../../lib/dates.ts';
import type { Language } from '../../lib/language.ts';
import type { ToldWords } from '../../lib/messages/told.en.ts';
import { formatTime, homeWall, wallDate, wallTime } from '../../lib/times.ts';

/** One message: when and what, with the way to what it is about in its title, and below it what can be done. */
export function MessageText(props: {
  message: Notification;
  language: Language;
  words: ToldWords;
  /** The title as a link, or as it is. */
  title: ReactNode;
  children?: ReactNode;
}) {
  const { message, language, words } = props;
  const wall = homeWall(message.createdAt);
  const unread = message.readAt === null;
  return (
    <li
      className={`border-b border-hairline py-4 ${unread ? 'border-l-4 border-l-green bg-white px-4' : 'pl-5'}`}
    >
      <p className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-quiet">
        {unread ? (
          <span className="rounded-input bg-tint px-2 font-semibold text-green-pressed">{words.fresh}</span>
        ) : null}
        <time dateTime={message.createdAt}>
          {formatShortDate(language, wallDate(wall))}, {formatTime(language, wallTime(wall))}
        </time>
      </p>
      <h2 className={`text-body ${unread ? '' : 'font-normal'}`}>{props.title}</h2>
      <p className="max-w-160">{message.text}</p>
      {props.children ? <div className="mt-2 flex flex-wrap gap-3">{props.children}</div> : null}
    </li>
  );
}
