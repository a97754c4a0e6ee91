import type { ReactNode } from 'react';

type Look = 'primary' | 'secondary' | 'danger';

const shared =
  'pressable relative inline-flex items-center justify-center gap-2 rounded-input border-2 text-center font-semibold no-underline';

const sizes = { touch: 'min-h-12 px-5 py-2', dense: 'min-h-9 px-3 py-1' } as const;

const looks = {
  primary: 'border-green bg-green text-white hover:border-green-pressed hover:bg-green-pressed',
  secondary: 'border-green bg-white text-green hover:bg-tint',
  danger: 'border-error bg-white text-error hover:bg-error-tint',
} as const satisfies Record<Look, string>;

/**
 * Sends its form, or with `type="button"` does what `onClick` says. While that goes on it stays pressable, ignores more
 * presses and says `pending`; a page without script of its own leaves that to `web/enhance.ts`.
 */
export function Button(props: {
  look?: Look;
  pending?: string;
  wide?: boolean;
  type?: 'submit' | 'button';
  /** Dense is for the staff's tables. */
  size?: keyof typeof sizes;
  busy?: boolean;
  /** What it is called where its text is not enough: `Change Monday's hours`. */
  label?: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  const { busy, onClick } = props;
  return (
    <button
      type={props.type ?? 'submit'}
      data-pending={props.pending}
      aria-label={props.label}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${shared} ${sizes[props.size ?? 'touch']} ${looks[props.look ?? 'primary']} ${props.wide ? 'w-full sm:w-auto' : ''}`}
    >
      {busy && props.pending ? <output>{props.pending}</output> : props.children}
    </button>
  );
}

export function ButtonLink(props: {
  href: string;
  look?: Look;
  label?: string;
  rel?: string;
  children: ReactNode;
}) {
  return (
    <a
      href={props.href}
      rel={props.rel}
      aria-label={props.label}
      data-block
      className={`${shared} ${sizes.touch} ${looks[props.look ?? 'primary']}`}
    >
      {props.children}
    </a>
  );
}
