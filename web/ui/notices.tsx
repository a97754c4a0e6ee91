import type { ReactNode } from 'react';
import { fieldId } from './field.tsx';

export type FieldErrors = Readonly<Record<string, string>>;

/** What is wrong with a form, on top of it; every line leads to its field. Takes the focus when the page opens. */
export function ErrorSummary(props: { heading: string; errors: FieldErrors }) {
  const errors = Object.entries(props.errors);
  if (errors.length === 0) return null;
  return (
    <Alert heading={props.heading}>
      <ul>
        {errors.map(([name, text]) => (
          <li key={name}>
            <a href={`#${fieldId(name)}`} className="font-semibold text-error underline underline-offset-4">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** Something stands in the way. Takes the focus when the page opens. */
export function Alert(props: { heading: string; children?: ReactNode }) {
  return (
    <div role="alert" tabIndex={-1} autoFocus className="mb-8 max-w-160 border-4 border-error bg-white p-4">
      <h2 className="mb-1 text-lead">{props.heading}</h2>
      {props.children}
    </div>
  );
}

/** A fact beside the way. */
export function Note(props: { children: ReactNode }) {
  return <p className="border-l-4 border-info bg-info-tint px-3 py-2 text-ink">{props.children}</p>;
}

const tones = {
  info: 'border-info bg-info-tint',
  waiting: 'border-waiting bg-waiting-tint',
  done: 'border-green bg-tint',
  error: 'border-error bg-error-tint',
  off: 'border-edge bg-off',
} as const;

/** What one should know about the part of the screen where it stands. */
export function Notice(props: { tone: keyof typeof tones; children: ReactNode }) {
  return <div className={`border-l-4 px-3 py-2 text-ink ${tones[props.tone]}`}>{props.children}</div>;
}

/** Why what was pressed failed, beside it. Empty it stands there before, so that a screen reader hears what comes. */
export const Failure = ({
  text,
  className = '',
}: {
  text: string | null | undefined;
  className?: string;
}) => (
  <p role="alert" className={text ? `text-error ${className}` : 'sr-only'}>
    {text}
  </p>
);
