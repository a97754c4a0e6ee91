import type { ReactNode } from 'react';

type Look = 'primary' | 'secondary' | 'danger';

const shared =
  'pressable relative inline-flex min-h-12 items-center justify-center gap-2 rounded-input border-2 px-5 py-2 text-center font-semibold no-underline';

const looks = {
  primary: 'border-green bg-green text-white hover:border-green-pressed hover:bg-green-pressed',
  secondary: 'border-green bg-white text-green hover:bg-tint',
  danger: 'border-error bg-white text-error hover:bg-error-tint',
} as const satisfies Record<Look, string>;

/** Sends its form. While that goes on it stays pressable, ignores more presses and says `pending`. */
export function Button(props: { look?: Look; pending?: string; wide?: boolean; children: ReactNode }) {
  return (
    <button
      type="submit"
      data-pending={props.pending}
      className={`${shared} ${looks[props.look ?? 'primary']} ${props.wide ? 'w-full sm:w-auto' : ''}`}
    >
      {props.children}
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
      className={`${shared} ${looks[props.look ?? 'primary']}`}
    >
      {props.children}
    </a>
  );
}
