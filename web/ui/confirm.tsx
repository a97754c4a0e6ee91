import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
import { useKit } from './kit.tsx';

/** Asks before something that cannot be taken back, and names the consequences. What can be taken back is done at once. */
export function Confirm(props: {
  open: boolean;
  title: string;
  /** The consequences. */
  children: ReactNode;
  /** What the button does, as a verb: never "OK". */
  confirm: string;
  pending?: string;
  busy?: boolean;
  danger?: boolean;
  /** Why it could not be done. */
  error?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { texts } = useKit();
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop fixed inset-0 z-20 bg-ink/50" />
        <Base.Viewport className="fixed inset-0 z-20 flex items-end justify-center sm:items-center sm:p-6">
          <Base.Popup
            initialFocus={heading}
            className="dialog-popup max-h-full w-full overflow-y-auto border-t-4 border-edge bg-white px-4 pt-4 pb-6 outline-none sm:max-w-128 sm:rounded-input sm:border sm:px-6 sm:shadow-dialog"
          >
            <Base.Title ref={heading} tabIndex={-1} className="mb-2 text-lead font-semibold">
              {props.title}
            </Base.Title>
            <Base.Description render={<div />} className="mb-5">
              {props.children}
            </Base.Description>
            <p
              role="alert"
              className={props.error ? 'mb-5 border-l-4 border-error pl-3 text-error' : undefined}
            >
              {props.error}
            </p>
            <div className="flex flex-wrap gap-3">
              <Button
                type="button"
                look={props.danger ? 'danger' : 'primary'}
                onClick={props.onConfirm}
                busy={props.busy ?? false}
                {...(props.pending ? { pending: props.pending } : {})}
              >
                {props.confirm}
              </Button>
              <Button type="button" look="secondary" onClick={props.onClose}>
                {texts.cancel}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
