import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useUnread } from './queries.ts';

/** The way to the messages from every screen, with how many are unread. */
export function Bell() {
  const { words, language } = useStaff();
  const unread = useUnread().data?.unread ?? 0;
  const count = digits(language, unread);
  return (
    <Link
      to="/messages"
      aria-label={words.told.link(count)}
      data-block
      className="relative inline-flex min-h-12 min-w-12 items-center justify-center text-white hover:bg-green-pressed aria-[current=page]:bg-green-pressed"
    >
      <BellIcon aria-hidden="true" className="size-6" />
      {unread > 0 ? (
        <span
          aria-hidden="true"
          data-unread
          className="absolute top-0.5 right-0 min-w-6 rounded-input bg-focus px-1 text-center text-[0.8125rem] leading-5 font-semibold text-ink tabular-nums"
        >
          {unread > 99 ? `${digits(language, 99)}+` : count}
        </span>
      ) : null}
    </Link>
  );
}
