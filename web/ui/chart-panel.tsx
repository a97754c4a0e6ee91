import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKit } from './kit.tsx';
import { Panel } from './panel.tsx';

/**
 * A chart under its heading: what is to be seen in a sentence, the drawing, and the same as a table. The table opens by a
 * button, and on paper stands below; a chart that is drawn in its table needs no other.
 */
export function ChartPanel(props: {
  /** Of the heading; `${id}-says` is that of the sentence. */
  id: string;
  title: string;
  sentence: ReactNode;
  /** What is drawn, to be chosen. */
  controls?: ReactNode;
  table?: ReactNode;
  children: ReactNode;
}) {
  const { id } = props;
  return (
    <Panel id={id} title={props.title}>
      {props.controls ? (
        <div data-screen-only className="mb-3">
          {props.controls}
        </div>
      ) : null}
      <figure aria-labelledby={id} className="chart">
        <figcaption id={`${id}-says`} className="mb-4 max-w-160">
          {props.sentence}
        </figcaption>
        {props.children}
        {props.table ? <AsTable id={`${id}-table`}>{props.table}</AsTable> : null}
      </figure>
    </Panel>
  );
}

function AsTable({ id, children }: { id: string; children: ReactNode }) {
  const { texts } = useKit();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        data-screen-only
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="mt-2 flex min-h-12 items-center gap-2 font-semibold text-green"
      >
        <ChevronRight aria-hidden="true" className={`size-5 shrink-0 ${open ? 'rotate-90' : ''}`} />
        {texts.asTable}
      </button>
      <div id={id} className={open ? 'mt-2' : 'mt-2 hidden print:block'}>
        {children}
      </div>
    </>
  );
}
