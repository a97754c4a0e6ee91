import { listMailbox } from '../../../src/contract/messages.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { useMoment } from '../../features/staff/moment.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { digits } from '../../lib/digits.ts';
import { formatPhone } from '../../lib/phone.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';

type Kept = RouteAnswer<typeof listMailbox>['items'][number];

/** Of a demonstration: what would have gone out. */
export function SentMailbox() {
  const { words } = useStaff();
  const { mailbox, more } = words.sent;
  const { query, change } = useScreenQuery();
  const channel = query['channel'] === 'sms' || query['channel'] === 'email' ? query['channel'] : '';
  const read = useReadPages(
    listMailbox,
    { query: { limit: 20, ...(channel ? { channel } : {}) } },
    { everyMs: 30_000 },
  );
  if (refusalOf(read.error)?.code === 'not_found') return <NotFound />;
  return (
    <Page title={mailbox.title} lead={mailbox.lead}>
      <div className="mb-6">
        <TabChoice
          name="channel"
          legend={mailbox.channel}
          value={channel}
          options={[
            { value: '', text: mailbox.every },
            { value: 'email', text: words.told.channels.email },
            { value: 'sms', text: words.told.channels.sms },
          ]}
          onChange={(value) => change({ channel: value })}
        />
      </div>
      <LoadedPages read={read} more={more} skeleton={<Skeleton rows={4} rowHeight="panel" />}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={mailbox.noneTitle}>{mailbox.none}</Empty>
          ) : (
            <ul className="grid max-w-200 grid-cols-1 gap-4">
              {items.map((kept) => (
                <Letter key={kept.id} kept={kept} />
              ))}
            </ul>
          )
        }
      </LoadedPages>
    </Page>
  );
}

function Letter({ kept }: { kept: Kept }) {
  const { words, language } = useStaff();
  const moment = useMoment();
  const { sent, told } = words;
  const { channel, recipient, parts, title, text, calendar } = kept;
  return (
    <li className="border border-hairline border-t-2 border-t-green bg-white px-4 py-3">
      <h2 className="text-body">
        {told.kinds[kept.kind]} · {told.channels[channel]}
      </h2>
      <p className="mb-3 text-note break-all text-quiet">
        {sent.mailbox.to(channel === 'sms' ? formatPhone(recipient) : recipient)} · {moment(kept.createdAt)}
        {parts === null ? '' : ` · ${sent.mailbox.parts(digits(language, parts))}`}
      </p>
      {title ? <p className="font-semibold break-words">{title}</p> : null}
      <p className="break-words whitespace-pre-line">{text}</p>
      {calendar ? (
        <details className="mt-2">
          <summary className="link inline-flex min-h-12 items-center">{sent.mailbox.calendar}</summary>
          <pre className="text-note break-all whitespace-pre-wrap">{calendar}</pre>
        </details>
      ) : null}
    </li>
  );
}
