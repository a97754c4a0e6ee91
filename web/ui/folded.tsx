import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** What always stands open where there is room, and on a phone opens when its name is pressed. */
export function Folded(props: {
  text: string;
  /** Behind the name: what is chosen inside. */
  note?: string;
  /** `close` folds it again, once something was chosen. */
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        data-screen-only
        onClick={() => setOpen(!open)}
        className="flex min-h-12 w-full items-center gap-2 text-left md:hidden"
      >
        <ChevronRight
          aria-hidden="true"
          className={`size-5 shrink-0 text-green ${open ? 'rotate-90' : ''}`}
        />
        <span>
          <span className="font-semibold text-green">{props.text}</span>
          {props.note ? <span className="block text-note text-quiet">{props.note}</span> : null}
        </span>
      </button>
      <div id={id} className={open ? '' : 'max-md:hidden'}>
        {props.children(() => setOpen(false))}
      </div>
    </>
  );
}
