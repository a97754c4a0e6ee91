import { CalendarOff, Clock, Flag, Moon } from 'lucide-react';
import type { ReactNode } from 'react';

const kinds = {
  timeOff: { icon: CalendarOff, look: 'bg-ink text-white', sign: 'rounded-input bg-ink p-px text-white' },
  otherHours: { icon: Clock, look: 'bg-info-tint text-info', sign: 'text-info' },
  holiday: { icon: Flag, look: 'border border-edge bg-white text-ink', sign: 'text-ink' },
  tentative: { icon: Moon, look: 'bg-waiting-tint text-waiting', sign: 'text-waiting' },
} as const;

export type MarkKind = keyof typeof kinds;

/** What makes a day differ from its weekday: shape, colour and words, which may wrap. */
export function Mark(props: { kind: MarkKind; children: ReactNode }) {
  const { icon: Icon, look } = kinds[props.kind];
  return (
    <span
      className={`flex w-fit max-w-full items-start gap-1.5 rounded-input px-1.5 py-0.5 text-note ${look}`}
    >
      <Icon aria-hidden="true" className="mt-[0.2rem] size-4 shrink-0" />
      <span className="line-clamp-3 min-w-0">{props.children}</span>
    </span>
  );
}

/** The shape alone, where the words stand elsewhere. */
export function Sign({ kind }: { kind: MarkKind }) {
  const { icon: Icon, sign } = kinds[kind];
  return <Icon aria-hidden="true" className={`size-5 shrink-0 ${sign}`} />;
}
