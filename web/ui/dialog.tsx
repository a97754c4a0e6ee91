import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useKit } from './kit.tsx';

/**
 * Something that is done before the screen goes on: a sheet over the whole phone, a box in the middle elsewhere. The focus
 * goes to its heading, and back to what was pressed. Pressing beside it closes it only where nothing can be lost.
 */
export function Dialog(props: {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Holds a form: only its own buttons and Escape close it. */
  form?: boolean;
  /** For little, like a month. */
  narrow?: boolean;
  children: ReactNode;
}) {
  const { texts } = useKit();
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      disablePointerDismissal={props.form ?? false}
    >
      <Base.Portal>
        {/* One dialog over another has a backdrop of its own, else the two look like one. */}
        <Base.Backdrop forceRender className="dialog-backdrop fixed inset-0 z-20 bg-ink/50" />
        <Base.Viewport className="fixed inset-0 z-20 flex sm:items-center sm:justify-center sm:p-6">
          <Base.Popup
            initialFocus={heading}
            className={`dialog-popup flex max-h-full w-full flex-col bg-white outline-none sm:rounded-input sm:border sm:border-edge sm:shadow-dialog ${props.narrow ? 'sm:max-w-104' : 'sm:max-w-160'}`}
          >
            <div className="flex items-start justify-between gap-4 border-b border-hairline py-2 pr-2 pl-4 sm:pl-6">
              <Base.Title ref={heading} tabIndex={-1} className="py-2 text-lead font-semibold">
                {props.title}
              </Base.Title>
              <Base.Close
                aria-label={texts.close}
                className="inline-flex size-12 shrink-0 items-center justify-center rounded-input text-ink hover:bg-off"
              >
                <X aria-hidden="true" className="size-6" />
              </Base.Close>
            </div>
            <div className="min-h-0 grow overflow-y-auto px-4 pt-4 pb-6 sm:px-6">{props.children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
