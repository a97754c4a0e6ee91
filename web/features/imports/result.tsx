import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  confirmImport,
  getImport,
  type Import,
  listFindings,
  listImports,
  takeBackImport,
} from '../../../src/contract/imports.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { explain } from '../staff/explain.ts';
import { countText, standingOf, useImportWords } from './import-words.ts';

/** What came of a file, and what can be done next. */
export function Result({ about }: { about: Import }) {
  const { language } = useStaff();
  const { result, counts: names, work: texts } = useImportWords();
  const { counts, work } = about;
  const failed = work?.state === 'failed' ? work.failure?.[language] : undefined;
  return (
    <Panel id="result" title={result.title}>
      <div className="grid max-w-160 grid-cols-1 gap-4">
        {failed ? <Notice tone="error">{failed}</Notice> : null}
        {work?.state === 'cancelled' ? <Notice tone="off">{texts.cancelled}</Notice> : null}
        {counts ? (
          <dl className="grid grid-cols-3 gap-3">
            {(['new', 'same', 'refused'] as const).map((name) => (
              <div key={name} className="border-l-4 border-hairline pl-3">
                <dt className="text-note text-quiet">{names[name]}</dt>
                <dd className="text-lead tabular-nums sm:text-title">{countText(language, counts[name])}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        <NextStep about={about} />
      </div>
    </Panel>
  );
}

function NextStep({ about }: { about: Import }) {
  const { me, language } = useStaff();
  const { result, back } = useImportWords();
  const { counts, kind, createdBy } = about;
  const count = countText(language, counts?.new ?? 0);
  switch (standingOf(about)) {
    case 'working':
      return null;
    case 'ready':
      return (
        <>
          <Notice tone="done">
            {counts && counts.same > 0
              ? result.goodSame(count, countText(language, counts.same))
              : result.good(count)}
          </Notice>
          {createdBy.id === me.id ? (
            <ConfirmImport about={about} count={count} />
          ) : (
            <p>{result.notYours(createdBy.fullName)}</p>
          )}
        </>
      );
    case 'refused':
      return (
        <>
          <Notice tone="error">{result.refused(countText(language, counts?.refused ?? 0))}</Notice>
          <Again />
        </>
      );
    case 'nothing':
      return (
        <>
          <Notice tone="off">{result.allSame}</Notice>
          <Again />
        </>
      );
    case 'imported':
      return (
        <>
          <Notice tone="done">{result.done[kind](count)}</Notice>
          {kind !== 'patients' ? (
            <Link to="/doctors" className="link inline-flex min-h-12 items-center">
              {result.see}
            </Link>
          ) : null}
          <TakeBack about={about} count={count} />
        </>
      );
    case 'taken_back':
      return <Notice tone="off">{back.taken}</Notice>;
    default:
      return <Again />;
  }
}

function Again() {
  const { result } = useImportWords();
  return (
    <Link to="/imports" className="link inline-flex min-h-12 items-center">
      {result.again}
    </Link>
  );
}

function ConfirmImport({ about, count }: { about: Import; count: string }) {
  const { words } = useStaff();
  const { result } = useImportWords();
  const [open, setOpen] = useState(false);
  const { send, busy, error, clear } = useWrite(confirmImport, {
    changes: [getImport, listFindings, listImports],
  });
  return (
    <div>
      <Button type="button" onClick={() => setOpen(true)}>
        {result.run(count)}
      </Button>
      <Confirm
        open={open}
        title={result.confirmTitle(count)}
        confirm={result.run(count)}
        pending={result.starting}
        busy={busy}
        error={error ? explain(words, error).text : undefined}
        onConfirm={() =>
          void send({ params: { id: about.id } }).then((done) => done !== null && setOpen(false))
        }
        onClose={() => {
          clear();
          setOpen(false);
        }}
      >
        <p className="mb-2">{result.confirmText[about.kind]}</p>
        <p>{result.confirmBack}</p>
      </Confirm>
    </div>
  );
}

function TakeBack({ about, count }: { about: Import; count: string }) {
  const { words } = useStaff();
  const { back, result } = useImportWords();
  const [open, setOpen] = useState(false);
  const { send, busy, error, clear } = useWrite(takeBackImport, {
    changes: [getImport, listFindings, listImports],
  });
  return (
    <div>
      <Button type="button" look="danger" onClick={() => setOpen(true)}>
        {back.button}
      </Button>
      <Confirm
        open={open}
        title={back.title}
        confirm={back.button}
        pending={result.starting}
        danger
        busy={busy}
        error={error ? explain(words, error).text : undefined}
        onConfirm={() =>
          void send({ params: { id: about.id } }).then((done) => done !== null && setOpen(false))
        }
        onClose={() => {
          clear();
          setOpen(false);
        }}
      >
        <p>{back.text(count)}</p>
      </Confirm>
    </div>
  );
}
