import { Link } from '@tanstack/react-router';
import { countKind } from '../../../src/contract/counts.ts';
import { exportKind } from '../../../src/contract/exports.ts';
import { figureReports } from '../../../src/contract/figures.ts';
import { countedType, getWorkFile, listWorks, type Work } from '../../../src/contract/works.ts';
import { sizeText } from '../../lib/file-size.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload, useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { Empty } from '../../ui/states.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { countText } from '../imports/import-words.ts';
import { useMoment } from '../staff/moment.ts';
import { explainRead } from '../staff/explain.ts';
import { LoadedPages } from '../staff/loaded.tsx';
import { isUnderWay, UnderWay } from './under-way.tsx';

/** The files that one has asked for, the newest first; looked at every second while one is being made. */
export function FileList() {
  const { list } = useStaff().words.exports;
  const read = useReadPages(
    listWorks,
    { query: { kind: `${exportKind},${countKind}`, limit: 20 } },
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

function FileRow({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const { file, failure } = work;
  const standing = file?.forgotten ? 'forgotten' : work.state;
  const moment = useMoment();
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="max-w-160">
          <p className="font-semibold">{work.title[language]}</p>
          <p className="text-note text-quiet">
            {[
              exports.askedAt(moment(work.createdAt)),
              ...(file
                ? [
                    // What was counted has no rows.
                    ...(work.kind === exportKind ? [exports.rowCount(countText(language, work.done))] : []),
                    sizeText(language, file.bytes),
                  ]
                : []),
              ...(file && !file.forgotten ? [exports.keptUntil(moment(file.forgetAt))] : []),
            ].join(' · ')}
          </p>
        </div>
        <Tag tone={tones[standing]}>{exports.states[standing]}</Tag>
      </div>
      {isUnderWay(work) ? <UnderWay work={work} /> : null}
      {failure ? <p className="max-w-160 text-error">{failure[language]}</p> : null}
      {file && !file.forgotten ? (
        file.type === countedType ? (
          <OpenLink work={work} />
        ) : (
          <DownloadButton work={work} />
        )
      ) : null}
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

/** To its screen, which knows from the file what it is of. */
function OpenLink({ work }: { work: Work }) {
  const { words, language } = useStaff();
  const { exports } = words;
  const report = Object.keys(figureReports).find((name) => work.file?.name.startsWith(`report-${name}-2`));
  return (
    <div>
      <Link
        to="/reports/$report"
        params={{ report: report ?? '' }}
        search={{ work: String(work.id) }}
        aria-label={exports.openOf(work.title[language])}
        data-block
        className="link inline-flex min-h-11 items-center font-semibold"
      >
        {exports.open}
      </Link>
    </div>
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
      <Failure text={error ? explainRead(words, error).text : null} className="mt-2 max-w-160" />
    </div>
  );
}
