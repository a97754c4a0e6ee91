import { useState } from 'react';
import {
  dropDeadLetter,
  getDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../../src/contract/dead-letters.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { useMoment } from '../../features/staff/moment.ts';
import { explain } from '../../features/staff/explain.ts';
import { Loaded, LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useReadPages, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useSystemWords } from '../../features/system/system-words.ts';

type Letter = RouteAnswer<typeof listDeadLetters>['items'][number];

/** What was given up after its last try: looked into, tried again, or forgotten. */
export function SystemDeadLetters() {
  const { language } = useStaff();
  const moment = useMoment();
  const { dead, more } = useSystemWords();
  const { columns } = dead;
  const read = useReadPages(listDeadLetters, { query: { limit: 50 } }, { everyMs: 30_000 });
  return (
    <Page title={dead.title} lead={dead.lead}>
      <h2 id="letters" className="sr-only">
        {dead.title}
      </h2>
      <LoadedPages read={read} more={more}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={dead.noneTitle}>{dead.none}</Empty>
          ) : (
            <DataTable
              caption={dead.title}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { name: 'what', head: columns.what, render: (letter) => <What letter={letter} /> },
                {
                  name: 'reason',
                  head: columns.reason,
                  render: ({ reason }) => (
                    <span className="break-words max-md:max-w-56 max-md:text-right md:max-w-80">
                      {reason}
                    </span>
                  ),
                },
                {
                  name: 'tries',
                  head: columns.tries,
                  numeric: true,
                  render: ({ tries }) => digits(language, tries),
                },
                {
                  name: 'died',
                  head: columns.died,
                  render: ({ diedAt }) => moment(diedAt),
                },
                { name: 'next', head: columns.next, render: (letter) => <Actions letter={letter} /> },
              ]}
            />
          )
        }
      </LoadedPages>
    </Page>
  );
}

const nameOf = ({ event, task }: Letter): string => event ?? task;

function What({ letter }: { letter: Letter }) {
  const { dead } = useSystemWords();
  return (
    <>
      <span className="break-all">{nameOf(letter)}</span>
      {letter.consumer ? (
        <span className="block text-note font-normal text-quiet">{dead.consumer(letter.consumer)}</span>
      ) : null}
    </>
  );
}

function Actions({ letter }: { letter: Letter }) {
  const { words, language } = useStaff();
  const { dead } = useSystemWords();
  const [open, setOpen] = useState<'body' | 'drop' | null>(null);
  const toast = useToast();
  const replay = useWrite(replayDeadLetter, { changes: [listDeadLetters] });
  const drop = useWrite(dropDeadLetter, { changes: [listDeadLetters] });
  const params = { id: letter.id };
  const label = (action: string): string =>
    dead.actionOf(action, nameOf(letter), digits(language, letter.id));
  const gone = (text: string): void => {
    setOpen(null);
    toast({ text });
    focusHeading('letters');
  };
  return (
    <span className="flex flex-wrap gap-2 max-md:justify-end max-md:py-2">
      <Button
        type="button"
        look="secondary"
        size="dense"
        label={label(dead.see)}
        onClick={() => setOpen('body')}
      >
        {dead.see}
      </Button>
      <Button
        type="button"
        size="dense"
        label={label(dead.replay)}
        busy={replay.busy}
        pending={dead.working}
        onClick={() => void replay.send({ params }).then((done) => done !== null && gone(dead.replayed))}
      >
        {dead.replay}
      </Button>
      <Button
        type="button"
        look="danger"
        size="dense"
        label={label(dead.drop)}
        onClick={() => setOpen('drop')}
      >
        {dead.drop}
      </Button>
      <span role="alert" className={replay.error ? 'basis-full text-note text-error' : 'sr-only'}>
        {replay.error ? explain(words, replay.error).text : null}
      </span>
      <Dialog title={dead.bodyTitle(nameOf(letter))} open={open === 'body'} onClose={() => setOpen(null)}>
        <Body letter={letter} />
      </Dialog>
      <Confirm
        open={open === 'drop'}
        title={dead.dropTitle}
        confirm={dead.drop}
        pending={dead.working}
        danger
        busy={drop.busy}
        error={drop.error ? explain(words, drop.error).text : undefined}
        onConfirm={() => void drop.send({ params }).then((done) => done !== null && gone(dead.dropped))}
        onClose={() => setOpen(null)}
      >
        <p className="mb-2 font-semibold break-all">{nameOf(letter)}</p>
        <p>{dead.dropText}</p>
      </Confirm>
    </span>
  );
}

function Body({ letter }: { letter: Letter }) {
  const { dead } = useSystemWords();
  const read = useRead(getDeadLetter, { params: { id: letter.id } });
  return (
    <>
      <p className="mb-3">{letter.reason}</p>
      {letter.requestId ? (
        <p className="mb-3 text-note break-all text-quiet">{dead.request(letter.requestId)}</p>
      ) : null}
      <Loaded read={read}>
        {({ deadLetter }) => (
          <>
            <h3 className="mb-1 font-semibold">{dead.body}</h3>
            <pre className="bg-paper px-3 py-2 text-note break-all whitespace-pre-wrap">
              {deadLetter.body}
            </pre>
          </>
        )}
      </Loaded>
    </>
  );
}
