import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useKit } from './kit.tsx';

export type Toast = {
  text: string;
  /** Takes back what was done. */
  undo?: () => void;
};

const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** Says in passing that something was done: eight seconds, longer while somebody points at it or has the focus in it. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above');
  return show;
}

/** One message at a time: a newer one takes the place of the last, whose undo has then passed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Toast & { number: number }) | null>(null);
  const show = useCallback(
    (toast: Toast) => setShown((last) => ({ ...toast, number: (last?.number ?? 0) + 1 })),
    [],
  );
  const { texts } = useKit();
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-label={texts.notifications}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center px-4 md:bottom-6"
      >
        {shown ? <Message key={shown.number} toast={shown} onEnd={() => setShown(null)} /> : null}
      </section>
    </ToastContext>
  );
}

const shownMs = 8000;

function Message({ toast, onEnd }: { toast: Toast; onEnd: () => void }) {
  const { texts } = useKit();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const timer = held ? undefined : setTimeout(onEnd, shownMs);
    return () => clearTimeout(timer);
  }, [held, onEnd]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="toast pointer-events-auto flex max-w-160 items-center gap-3 rounded-input bg-ink py-1 pr-1 pl-4 text-white"
    >
      <p className="py-2">{toast.text}</p>
      {toast.undo ? (
        <button
          type="button"
          onClick={() => {
            toast.undo?.();
            onEnd();
          }}
          className="min-h-12 shrink-0 px-3 font-semibold text-focus underline underline-offset-4"
        >
          {texts.undo}
        </button>
      ) : null}
      <button
        type="button"
        aria-label={texts.dismiss}
        onClick={onEnd}
        className="inline-flex size-12 shrink-0 items-center justify-center rounded-input hover:bg-white/15"
      >
        <X aria-hidden="true" className="size-5" />
      </button>
    </div>
  );
}
