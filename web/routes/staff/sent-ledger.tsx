import { useState } from 'react';
import { type LedgerMessage, listMessages, type messageState } from '../../../src/contract/messages.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import { conditions, LedgerFilter } from '../../features/sent/ledger-filter.tsx';
import { MessageDetails } from '../../features/sent/message-details.tsx';
import { recipientText, stateTones, whatText } from '../../features/sent/sent-words.ts';
import { useMoment } from '../../features/staff/moment.ts';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import type { ScreenQuery } from '../../lib/staff/screen-query.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';

/** The ledger of what was sent. */
export function SentLedger() {
  const speaker = useStaff();
  const { words } = speaker;
  const { sent } = words;
  const { ledger } = sent;
  const { query } = useScreenQuery();
  const read = useReadPages(listMessages, { query: askedFor(query) }, { everyMs: 30_000 });
  const [opened, setOpened] = useState<{ open: boolean; message: LedgerMessage | null }>({
    open: false,
    message: null,
  });
  const close = (): void => setOpened({ ...opened, open: false });
  const narrowed = conditions.some((name) => query[name]);
  return (
    <Page title={ledger.title} lead={ledger.lead}>
      <LedgerFilter />
      <LoadedPages read={read} more={sent.more}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={narrowed ? ledger.noneTitle : ledger.emptyTitle}>
              {narrowed ? ledger.none : ledger.empty}
            </Empty>
          ) : (
            <Table items={items} onOpen={(message) => setOpened({ open: true, message })} />
          )
        }
      </LoadedPages>
      <Dialog
        title={opened.message ? whatText(speaker, opened.message) : ledger.details}
        open={opened.open}
        onClose={close}
      >
        {opened.message ? <MessageDetails message={opened.message} onSettled={close} /> : null}
      </Dialog>
    </Page>
  );
}

/** What the address asks for; the server refuses what is no state, kind or way. */
function askedFor(query: ScreenQuery): RouteInput<typeof listMessages>['query'] & object {
  const { state, kind, channel, recipient, appointment } = query;
  return {
    limit: 50,
    ...(state ? { state: state as (typeof messageState)['options'][number] } : {}),
    ...(kind ? { kind: kind as LedgerMessage['kind'] } : {}),
    ...(channel ? { channel: channel as LedgerMessage['channel'] } : {}),
    ...(recipient ? { recipient } : {}),
    ...(appointment ? { appointmentId: Number(appointment) } : {}),
  };
}

function Table(props: { items: readonly LedgerMessage[]; onOpen: (message: LedgerMessage) => void }) {
  const speaker = useStaff();
  const moment = useMoment();
  const { words } = speaker;
  const { sent } = words;
  const { columns } = sent.ledger;
  return (
    <DataTable
      caption={sent.ledger.title}
      rows={props.items}
      keyOf={({ id }) => id}
      columns={[
        { name: 'what', head: columns.what, render: (row) => whatText(speaker, row) },
        {
          name: 'to',
          head: columns.to,
          render: (row) => <span className="break-all max-md:text-right">{recipientText(speaker, row)}</span>,
        },
        {
          name: 'state',
          head: columns.state,
          render: ({ state }) => <Tag tone={stateTones[state]}>{sent.states[state]}</Tag>,
        },
        { name: 'due', head: columns.due, render: ({ dueAt }) => moment(dueAt) },
        {
          name: 'answer',
          head: columns.answer,
          render: ({ answer }) => (
            <span className="line-clamp-2 text-note text-quiet max-md:text-right md:max-w-56">
              {answer ?? '–'}
            </span>
          ),
        },
        {
          name: 'details',
          head: columns.details,
          render: (row) => (
            <Button
              type="button"
              look="secondary"
              size="dense"
              label={sent.ledger.detailsOf(whatText(speaker, row), recipientText(speaker, row))}
              onClick={() => props.onOpen(row)}
            >
              {sent.ledger.details}
            </Button>
          ),
        },
      ]}
    />
  );
}
