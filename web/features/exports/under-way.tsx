import { countKind } from '../../../src/contract/counts.ts';
import { cancelWork, getWork, listWorks, type Work } from '../../../src/contract/works.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { Progress } from '../../ui/progress.tsx';
import { countText } from '../imports/import-words.ts';
import { explain } from '../staff/explain.ts';

export const isUnderWay = ({ state }: Pick<Work, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** How far a file or a report is, and the way to end it. */
export function UnderWay({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const { id, kind, state, done, total, title } = work;
  const { send, busy, error } = useWrite(cancelWork, { changes: [listWorks, getWork] });
  const share = total ? Math.floor((done / total) * 100) : 0;
  const progress = kind === countKind ? exports.steps : exports.progress;
  const text =
    state === 'queued'
      ? exports.queued
      : total === null
        ? exports.counting
        : progress(countText(language, done), countText(language, total), digits(language, share));
  return (
    <>
      <Progress label={title[language]} done={done} total={state === 'queued' ? null : total} text={text} />
      <div>
        <Button
          type="button"
          look="secondary"
          size="dense"
          label={busy ? exports.cancelling : exports.cancelOf(title[language])}
          busy={busy}
          pending={exports.cancelling}
          onClick={() => void send({ params: { id } })}
        >
          {exports.cancel}
        </Button>
      </div>
      <Failure text={error ? explain(words, error).text : null} />
    </>
  );
}
