import { getImport, type Import, listImports } from '../../../src/contract/imports.ts';
import { cancelWork } from '../../../src/contract/works.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Progress } from '../../ui/progress.tsx';
import { explain } from '../staff/explain.ts';
import { countText, useImportWords } from './import-words.ts';

/** How far the check, the import or taking it back is, and the way to end it. */
export function WorkProgress({ work }: { work: NonNullable<Import['work']> }) {
  const { me, words, language } = useStaff();
  const { work: texts } = useImportWords();
  const { send, busy, error } = useWrite(cancelWork, { changes: [getImport, listImports] });
  const { done, total, state } = work;
  const name = texts.names[work.kind] ?? '';
  const text =
    state === 'queued'
      ? texts.queued
      : total
        ? texts.share(digits(language, Math.floor((done / total) * 100)))
        : texts.rows(countText(language, done));
  return (
    <Panel id="work" title={name}>
      <Progress label={name} done={done} total={state === 'queued' ? null : total} text={text} />
      <p className="mt-3 mb-4 text-quiet">{texts.leave}</p>
      {work.askedBy === me.id ? (
        <Button
          type="button"
          look="secondary"
          busy={busy}
          pending={texts.cancelling}
          onClick={() => void send({ params: { id: work.id } })}
        >
          {texts.cancel}
        </Button>
      ) : null}
      <p role="alert" className="mt-2 text-error">
        {error ? explain(words, error).text : null}
      </p>
    </Panel>
  );
}
