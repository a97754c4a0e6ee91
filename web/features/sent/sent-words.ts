import type { LedgerMessage } from '../../../src/contract/messages.ts';
import { digits } from '../../lib/digits.ts';
import { formatPhone } from '../../lib/phone.ts';
import type { Staff } from '../../lib/staff/context.tsx';
import type { Tone } from '../../ui/tag.tsx';

type Speaker = Pick<Staff, 'words' | 'language'>;

export const kindText = ({ words }: Speaker, kind: LedgerMessage['kind']): string =>
  kind === 'event' ? words.sent.event : words.told.kinds[kind];

export const channelText = ({ words }: Speaker, channel: LedgerMessage['channel']): string =>
  channel === 'webhook' ? words.sent.webhook : words.told.channels[channel];

/** `Reminder · SMS`. */
export const whatText = (speaker: Speaker, message: Pick<LedgerMessage, 'kind' | 'channel'>): string =>
  message.kind === 'event'
    ? kindText(speaker, message.kind)
    : `${kindText(speaker, message.kind)} · ${channelText(speaker, message.channel)}`;

/** Whom a message is for, as they are known outside. */
export function recipientText(
  { words, language }: Speaker,
  { channel, recipient }: Pick<LedgerMessage, 'channel' | 'recipient'>,
): string {
  if (recipient === '') return words.sent.nobody;
  if (channel === 'in_app') return words.sent.accountNumber(digits(language, recipient));
  if (channel === 'webhook') return words.sent.webhookNumber(digits(language, recipient));
  return channel === 'sms' ? formatPhone(recipient) : recipient;
}

export const stateTones = {
  pending: 'waiting',
  sending: 'waiting',
  sent: 'done',
  failed: 'error',
  missed: 'off',
  suppressed: 'off',
  unknown: 'error',
  cancelled: 'off',
} as const satisfies Record<LedgerMessage['state'], Tone>;
