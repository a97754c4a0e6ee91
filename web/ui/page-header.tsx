import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

/** The one h1 of a screen. It takes the focus when the screen was opened from another one, and names the document. */
export function PageHeader(props: {
  title: string;
  /** What follows the title in the browser's tab. */
  site: string;
  lead?: ReactNode;
  /** Buttons of the whole screen. */
  actions?: ReactNode;
  /** Left out on paper. */
  screenOnly?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, site } = props;
  useEffect(() => {
    document.title = `${title} · ${site}`;
  }, [title, site]);
  // Before it is seen: whatever takes the focus within the screen comes later, and keeps it.
  useLayoutEffect(() => {
    // The browser itself begins at the top of the first page.
    if (opened) heading.current?.focus({ preventScroll: true });
    opened = true;
  }, []);
  return (
    <div
      data-screen-only={props.screenOnly || undefined}
      className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3"
    >
      <div className="min-w-0">
        <h1 ref={heading} tabIndex={-1} className="text-title">
          {title}
        </h1>
        {props.lead ? <p className="mt-1 max-w-160 text-quiet">{props.lead}</p> : null}
      </div>
      {props.actions ? <div className="flex flex-wrap gap-3">{props.actions}</div> : null}
    </div>
  );
}

let opened = false;
