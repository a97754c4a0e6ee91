import { Link } from '@tanstack/react-router';
import type { LedgerMessage } from '../../../src/contract/messages.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Tag } from '../../ui/tag.tsx';
import { channelText, kindText, recipientText, stateTones } from './sent-words.ts';
import { useMoment } from '../staff/moment.ts';
import { SettleButtons } from './settle-buttons.tsx';

/** All that the ledger knows of a message, and what a person can still decide about it. */
export function MessageDetails({ message, onSettled }: { message: LedgerMessage; onSettled: () => void }) {
  const speaker = useStaff();
  const moment = useMoment();
  const { words, language } = speaker;
  const { sent } = words;
  const { facts } = sent;
  const at = (name: string, instant: string | null): Fact[] =>
    instant === null ? [] : [{ name, value: moment(instant) }];
  const some = (name: string, value: string | null): Fact[] => (value === null ? [] : [{ name, value }]);
  const { state, cost } = message;
  return (
    <>
      <p className="mb-2 flex flex-wrap items-center gap-3">
        <Tag tone={stateTones[state]}>{sent.states[state]}</Tag>
        <span>{sent.stateTexts[state]}</span>
      </p>
      <Facts
        facts={[
          { name: facts.kind, value: kindText(speaker, message.kind) },
          { name: facts.channel, value: channelText(speaker, message.channel) },
          {
            name: facts.recipient,
            value: <span className="break-all">{recipientText(speaker, message)}</span>,
          },
          { name: facts.language, value: sent.languages[message.language] },
          ...(message.appointmentId === null
            ? []
            : [
                {
                  name: facts.appointment,
                  value: (
                    <Link
                      to="/appointments/$appointmentId"
                      params={{ appointmentId: String(message.appointmentId) }}
                      className="link inline-flex min-h-8 items-center"
                    >
                      {digits(language, message.appointmentId)}
                    </Link>
                  ),
                },
                { name: facts.version, value: digits(language, message.version) },
              ]),
          ...at(facts.due, message.dueAt),
          ...(state === 'pending' && message.tries > 0 ? at(facts.tryAt, message.tryAt) : []),
          ...at(facts.handed, message.handedAt),
          ...at(facts.finished, message.finishedAt),
          { name: facts.tries, value: digits(language, message.tries) },
          ...some(facts.provider, message.provider),
          ...(message.answer === null
            ? []
            : [{ name: facts.answer, value: <span className="break-words">{message.answer}</span> }]),
          ...some(facts.parts, message.parts === null ? null : digits(language, message.parts)),
          ...some(facts.cost, cost === null ? null : formatMoney(language, cost)),
          ...some(facts.resolvedBy, message.resolvedBy?.fullName ?? null),
          { name: facts.number, value: digits(language, message.id) },
        ]}
      />
      {state === 'unknown' || state === 'failed' ? (
        <div className="mt-4 border-t border-hairline pt-4">
          <SettleButtons message={message} onSettled={onSettled} />
        </div>
      ) : null}
    </>
  );
}
