import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { useKit } from './kit.tsx';

/** Grey lines in place of what is being read, of its height; shown after 300 ms, since most answers come sooner. */
export function Skeleton(props: { rows?: number; rowHeight?: 'line' | 'row' | 'panel' }) {
  const { texts } = useKit();
  const heights = { line: 'h-6', row: 'h-12', panel: 'h-32' } as const;
  return (
    <div>
      <output className="sr-only">{texts.loading}</output>
      <div aria-hidden="true" className="appear-late grid grid-cols-1 gap-2">
        {Array.from({ length: props.rows ?? 3 }, (_, row) => (
          <div key={row} className={`${heights[props.rowHeight ?? 'row']} bg-off`} />
        ))}
      </div>
    </div>
  );
}

/** Nothing there: why, and what to do next. */
export function Empty(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid max-w-160 grid-cols-1 justify-items-start gap-3 border-t border-hairline pt-4 pb-6">
      <p className="font-semibold">{props.title}</p>
      {props.children ? <div className="text-quiet">{props.children}</div> : null}
      {props.action}
    </div>
  );
}

/** What could not be read, the way to ask again, and another way. */
export function Failed(props: {
  text: string;
  note?: string | undefined;
  way?: ReactNode;
  onRetry: () => void;
  busy?: boolean;
}) {
  const { texts } = useKit();
  return (
    <div
      role="alert"
      className="grid max-w-160 grid-cols-1 justify-items-start gap-3 border-l-4 border-error bg-white px-4 py-3"
    >
      <p>{props.text}</p>
      {props.note ? <p className="text-note break-all text-quiet">{props.note}</p> : null}
      <div className="flex flex-wrap gap-3">
        <Button
          type="button"
          look="secondary"
          onClick={props.onRetry}
          busy={props.busy ?? false}
          pending={texts.loading}
        >
          {texts.retry}
        </Button>
        {props.way}
      </div>
    </div>
  );
}
