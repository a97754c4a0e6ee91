import { useEffect, useRef } from 'react';
import { type ChangePreview, previewDays } from '../../../src/contract/changes.ts';
import type { Route } from '../../../src/contract/route.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChangedDays } from './changed-days.tsx';
import { StrandedList } from './stranded-list.tsx';
import type { ChangeRequest, ChangeRoute } from './change-request.ts';
import { type Review, type ReviewProblem, useReview } from './use-review.ts';

/** What a change does, what becomes of the appointments it strands, and the button that makes it. */
export function ReviewDialog(props: {
  request: ChangeRequest<ChangeRoute>;
  preview: ChangePreview;
  changes: readonly Route[];
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const review = useReview(props);
  const close = (): void => {
    // What is on its way is done or refused; to look away now would leave that unknown.
    if (!review.busy) props.onClose();
  };
  return (
    <Dialog title={props.request.title} open={props.open} onClose={close} form>
      <div className="grid grid-cols-1 gap-6">
        {review.problem ? <ReviewAlert key={review.problem.number} problem={review.problem} /> : null}
        <Consequences review={review} />
        <Actions review={review} onBack={close} onDone={props.onDone} />
      </div>
    </Dialog>
  );
}

function ReviewAlert({ problem }: { problem: ReviewProblem }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={box} role="alert" tabIndex={-1} className="border-4 border-error bg-white p-4">
      <p className="font-semibold">{problem.text}</p>
      {problem.note ? <p className="text-note break-all text-quiet">{problem.note}</p> : null}
    </div>
  );
}

function Consequences({ review }: { review: Review }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { daysChanged, stranded } = review.preview;
  if (daysChanged === 0 && stranded.length === 0)
    return (
      <div>
        <h3 className="mb-1 font-semibold">{texts.nothing}</h3>
        <p>
          {texts.nothingDays(digits(language, previewDays))} {texts.nobodyStranded}
        </p>
      </div>
    );
  return (
    <>
      {stranded.length > 0 ? <StrandedList review={review} /> : null}
      <ChangedDays preview={review.preview} />
      {stranded.length === 0 ? <p>{texts.nobodyStranded}</p> : null}
    </>
  );
}

/** Always in view: with many appointments the end of the dialog is far away. */
function Actions(props: { review: Review; onBack: () => void; onDone: () => void }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { review } = props;
  const apply = async (): Promise<void> => {
    if (await review.apply()) props.onDone();
  };
  return (
    <div className="sticky -bottom-6 -mx-4 -mb-6 flex flex-wrap gap-3 border-t border-hairline bg-white px-4 py-3 sm:-mx-6 sm:px-6">
      <Button type="button" busy={review.busy} pending={texts.applying} onClick={() => void apply()}>
        {review.undecided > 0 ? texts.applyOpen(digits(language, review.undecided)) : texts.apply}
      </Button>
      {/* On a phone the cross is near enough, and the list needs the room. */}
      <div className="max-sm:hidden">
        <Button type="button" look="secondary" onClick={props.onBack}>
          {texts.back}
        </Button>
      </div>
    </div>
  );
}
