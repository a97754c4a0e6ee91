import { exportKind } from '../../../src/contract/exports.ts';
import { cancelWork, getWorkFile, listWorks, type Work } from '../../../src/contract/works.ts';
import { digits } from '../../lib/digits.ts';
import { sizeText } from '../../lib/file-size.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload, useReadPages, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Empty } from '../../ui/states.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { countText } from '../imports/import-words.ts';
import { momentText } from '../sent/sent-words.ts';
import { explain, explainRead } from '../staff/explain.ts';
import { LoadedPages } from '../staff/loaded.tsx';

/** The files that one has asked for, the newest first; looked at every second while one is being made. */
export function FileList() {
  const { list } = useStaff().words.exports;
  const read = useReadPages(
    listWorks,
    { query: { kind: exportKind, limit: 20 } },
    { everyMs: (pages) => (pages.some(({ items }) => items.some(isUnderWay)) ? 1_000 : false) },
  );
  return (
    <LoadedPages read={read} more={list.more}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={list.none}>{list.noneText}</Empty>
        ) : (
          <ul className="border-t border-hairline">
            {items.map((work) => (
              <li key={work.id} className="border-b border-hairline bg-white px-4 py-4">
                <FileRow work={work} />
              </li>
            ))}
          </ul>
        )
      }
    </LoadedPages>
  );
}

const isUnderWay = ({ state }: Work): boolean => state === 'queued' || state === 'running';

function FileRow({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const { file, failure } = work;
  const standing = file?.forgotten ? 'forgotten' : work.state;
  const moment = (instant: string) => momentText(language, instant);
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="max-w-160">
          <p className="font-semibold">{work.title[language]}</p>
          <p className="text-note text-quiet">
            {[
              exports.askedAt(moment(work.createdAt)),
              ...(file
                ? [exports.facts(countText(language, work.done), sizeText(language, file.bytes))]
                : []),
              ...(file && !file.forgotten ? [exports.keptUntil(moment(file.forgetAt))] : []),
            ].join(' · ')}
          </p>
        </div>
        <Tag tone={tones[standing]}>{exports.states[standing]}</Tag>
      </div>
      {isUnderWay(work) ? <UnderWay work={work} /> : null}
      {failure ? <p className="max-w-160 text-error">{failure[language]}</p> : null}
      {file && !file.forgotten ? <DownloadButton work={work} /> : null}
    </div>
  );
}

const tones = {
  queued: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'error',
  cancelled: 'off',
  forgotten: 'off',
} as const satisfies Record<Work['state'] | 'forgotten', Tone>;

function UnderWay({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const { id, state, done, total, title } = work;
  const { send, busy, error } = useWrite(cancelWork, { changes: [listWorks] });
  const share = total ? Math.floor((done / total) * 100) : 0;
  const text =
    state === 'queued'
      ? exports.queued
      : total === null
        ? exports.counting
        : exports.progress(countText(language, done), countText(language, total), digits(language, share));
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
      <p role="alert" className={error ? 'text-error' : 'sr-only'}>
        {error ? explain(words, error).text : null}
      </p>
    </>
  );
}

function DownloadButton({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const toast = useToast();
  const { save, busy, error } = useDownload(getWorkFile);
  const start = async (): Promise<void> => {
    const saved = await save({ params: { id: work.id } });
    if (saved !== null) toast({ text: exports.saved(saved) });
  };
  return (
    <div>
      <Button
        type="button"
        look="secondary"
        label={busy ? exports.loading : exports.downloadOf(work.title[language])}
        busy={busy}
        pending={exports.loading}
        onClick={() => void start()}
      >
        {exports.download}
      </Button>
      <p role="alert" className={error ? 'mt-2 max-w-160 text-error' : 'sr-only'}>
        {error ? explainRead(words, error).text : null}
      </p>
    </div>
  );
}
