import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import type { ChangePreview } from '../../../src/contract/changes.ts';
import { previewChange } from '../../../src/contract/client.ts';
import type { Route } from '../../../src/contract/route.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { ChangeRequest, ChangeRoute } from './change-request.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { useReadAnew } from './use-read-anew.ts';

export type Change = {
  /**
   * Asks the route what it would do and opens the dialog with the answer. False when that was refused: nothing opens, and
   * `error` says why. Nothing is changed before the person has seen it and pressed the button in the dialog.
   */
  review: <R extends ChangeRoute>(request: ChangeRequest<R>) => Promise<boolean>;
  /** The preview is on its way. */
  busy: boolean;
  /** Why the last preview was refused; what happens after it is said in the dialog. */
  error: unknown;
  clear: () => void;
  /** Where the screen places it; inside the `Dialog` of a form when the form stands in one. */
  dialog: ReactNode;
};

/** The one way in which a screen changes a doctor's calendar: look first, decide about the stranded, then do it. */
export function useChange(options: { changes: readonly Route[]; onDone?: () => void }): Change {
  const { call } = useStaff();
  const toast = useToast();
  const readAnew = useReadAnew(options.changes);
  const name = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const preview = useMutation<ChangePreview, unknown, Pick<ChangeRequest<ChangeRoute>, 'route' | 'input'>>({
    mutationFn: ({ route, input }) => previewChange(call, route, input),
  });
  return {
    review: async (request) => {
      if (preview.isPending) return false;
      try {
        const answer = await preview.mutateAsync(request);
        setAsked((last) => ({ number: (last?.number ?? 0) + 1, request, preview: answer }));
        setOpen(true);
        return true;
      } catch (error) {
        // Shown by whoever reads `error`, beside what somebody else has made of it.
        if (refusalOf(error)?.code === 'changed_meanwhile') void readAnew();
        return false;
      }
    },
    busy: preview.isPending,
    error: preview.error,
    clear: preview.reset,
    dialog: asked ? (
      <ReviewDialog
        // It stands beside other dialogs, whose keys are numbers as well.
        key={`${name} ${asked.number}`}
        request={asked.request}
        preview={asked.preview}
        changes={options.changes}
        open={open}
        onClose={() => setOpen(false)}
        onDone={() => {
          setOpen(false);
          toast({ text: asked.request.done });
          options.onDone?.();
        }}
      />
    ) : null,
  };
}

type Asked = { number: number; request: ChangeRequest<ChangeRoute>; preview: ChangePreview };
