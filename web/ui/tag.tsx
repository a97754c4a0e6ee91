import { Check, CircleAlert, Clock, Info, Minus } from 'lucide-react';

const tones = {
  done: { look: 'bg-tint text-green-pressed', icon: Check },
  waiting: { look: 'bg-waiting-tint text-waiting', icon: Clock },
  error: { look: 'bg-error-tint text-error', icon: CircleAlert },
  info: { look: 'bg-info-tint text-info', icon: Info },
  off: { look: 'bg-off text-quiet', icon: Minus },
} as const;

export type Tone = keyof typeof tones;

/** How something stands, by colour, word and shape. */
export function Tag(props: { tone: Tone; children: string }) {
  const { look, icon: Icon } = tones[props.tone];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-input px-2 py-0.5 text-note whitespace-nowrap ${look}`}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {props.children}
    </span>
  );
}
