import type { ReactNode } from 'react';

/** A part of a screen on white, under a green rule, with its heading and its buttons. */
export function Panel(props: {
  title?: string;
  /** Of the heading, so that it can be linked to or name a list. */
  id?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={props.title && props.id ? props.id : undefined}
      className="mb-6 border border-hairline border-t-2 border-t-green bg-white px-4 pt-3 pb-4"
    >
      {props.title ? (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <h2 id={props.id} className="text-lead">
            {props.title}
          </h2>
          {props.actions}
        </div>
      ) : null}
      {props.children}
    </section>
  );
}
