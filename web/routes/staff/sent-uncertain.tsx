import { type LedgerMessage, listMessages } from '../../../src/contract/messages.ts';
import { recipientText, whatText } from '../../features/sent/sent-words.ts';
import { useMoment } from '../../features/staff/moment.ts';
import { SettleButtons } from '../../features/sent/settle-buttons.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { focusHeading } from '../../ui/focus-heading.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import { Empty } from '../../ui/states.tsx';

/** Messages whose fate nobody knows: a person settles each. */
export function SentUncertain() {
  const { sent } = useStaff().words;
  const { settle } = sent;
  const read = useReadPages(listMessages, { query: { state: 'unknown', limit: 50 } }, { everyMs: 30_000 });
  return (
    <Page title={settle.title} lead={settle.lead}>
      <div className="max-w-200">
        <h2 id="uncertain" className="sr-only">
          {sent.states.unknown}
        </h2>
        <LoadedPages read={read} more={sent.more}>
          {(items) =>
            items.length === 0 ? (
              <Empty title={settle.noneTitle}>{settle.none}</Empty>
            ) : (
              <ul className="border-t border-hairline">
                {items.map((message) => (
                  <Uncertain key={message.id} message={message} />
                ))}
              </ul>
            )
          }
        </LoadedPages>
      </div>
    </Page>
  );
}

function Uncertain({ message }: { message: LedgerMessage }) {
  const speaker = useStaff();
  const moment = useMoment();
  const { words } = speaker;
  const { settle } = words.sent;
  const { handedAt, finishedAt, provider, channel, answer } = message;
  const when = moment(handedAt ?? finishedAt ?? message.dueAt);
  return (
    <li className="border-b border-hairline py-4">
      <SectionHeading>{whatText(speaker, message)}</SectionHeading>
      <p className="font-semibold break-all">{recipientText(speaker, message)}</p>
      <p className="mb-1">
        {settle.known(provider ?? words.told.channels[channel === 'webhook' ? 'in_app' : channel], when)}
      </p>
      {answer ? <p className="mb-1 text-note break-words text-quiet">{answer}</p> : null}
      <div className="mt-3">
        <SettleButtons message={message} onSettled={() => focusHeading('uncertain')} />
      </div>
    </li>
  );
}
