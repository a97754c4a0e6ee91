import { putWeek } from '../../../src/contract/schedules.ts';
import { digits } from '../../lib/digits.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { weekBody } from '../../lib/week-draft.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Change } from '../changes/use-change.tsx';
import type { ShownWeek } from './use-shown-week.ts';

/** How much of the open week is not saved, and what can be done about it. Stays in view. */
export function DraftBar(props: {
  shown: ShownWeek;
  change: Change;
  /** Where the focus goes when the bar is gone. */
  onGone: () => void;
}) {
  const { language, words } = useStaff();
  const { draft: texts } = words.hours;
  const toast = useToast();
  const { shown, change } = props;
  const count = shown.changes > 0 ? texts.count(digits(language, shown.changes)) : '';
  const save = (): void => {
    void change.review({
      title: texts.saveTitle(chamberName(language, shown.chamber)),
      route: putWeek,
      input: { params: { id: shown.doctorId }, body: weekBody(shown.week, shown.basedOn) },
      done: texts.saved,
    });
  };
  const discard = (): void => {
    change.clear();
    toast({ text: texts.discarded, undo: shown.discard() });
    props.onGone();
  };
  return (
    <>
      <output className="sr-only">{count}</output>
      {count ? (
        <div className="sticky bottom-20 z-10 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-2 border-waiting bg-waiting-tint px-4 py-3 md:bottom-4">
          <p className="mr-auto font-semibold text-waiting" aria-hidden="true">
            {count}
          </p>
          <div className="flex flex-wrap gap-3">
            <Button type="button" busy={change.busy} pending={words.changes.looking} onClick={save}>
              {texts.save}
            </Button>
            <Button type="button" look="secondary" onClick={discard}>
              {texts.discard}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}
