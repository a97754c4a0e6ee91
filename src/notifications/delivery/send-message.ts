import type pg from 'pg';
import type { Deps } from '../../platform/deps.ts';
import { handover, type Handover } from '../../platform/handover.ts';
import { addressOf, sendMail } from '../../platform/mailer.ts';
import { lookUpSms, sendSms } from '../../platform/sms.ts';
import { postWebhook } from '../../platform/webhooks.ts';
import { run, type Statement } from '../../platform/database.ts';
import { asHtml } from '../wording/policy.ts';
import type { Written } from '../wording/write-message.ts';
import type { Channel, Claimed } from './queries.ts';

/** A way out of the house. */
export type Provider = {
  /** As the ledger names it. */
  name: string;
  /** What can be done when no answer came; see the ledger. */
  onLoss: 'repeat' | 'look_up' | 'tell';
  send(message: Claimed, written: Written): Promise<Handover>;
  /** Whether it has taken the message before. */
  lookUp?(message: Claimed): Promise<Handover>;
};

/** By channel; one without a way sends nothing, and what the mailbox takes never leaves the house. */
export type Providers = ReadonlyMap<Channel, Provider | 'mailbox'>;

/** The same for every try of a message, and for no other. */
const keyOf = ({ id }: Pick<Claimed, 'id'>): string => `shomoy-message-${id}`;

/** The ways that the configuration has. */
export function providersOf(deps: Pick<Deps, 'config' | 'pool' | 'secrets'>): Providers {
  const { mail, sms, mailbox } = deps.config;
  const providers = new Map<Channel, Provider | 'mailbox'>([['webhook', webhookProvider(deps)]]);
  if (mail) providers.set('email', mailProvider(mail));
  else if (mailbox) providers.set('email', 'mailbox');
  if (sms) providers.set('sms', smsProvider(sms));
  else if (mailbox) providers.set('sms', 'mailbox');
  return providers;
}

// SMTP knows no key: a mail without an answer is a person's to decide.
const mailProvider = (server: { url: string; from: string }): Provider => ({
  name: 'smtp',
  onLoss: 'tell',
  send: (message, { title, text, calendar }) =>
    sendMail(server, {
      to: message.recipient,
      subject: title ?? '',
      text,
      html: asHtml(text),
      messageId: `<${keyOf(message)}@${addressOf(server.from).split('@')[1] ?? 'localhost'}>`,
      ...(calendar ? { calendar } : {}),
    }),
});

const smsProvider = (gateway: NonNullable<Deps['config']['sms']>): Provider => ({
  name: 'sms',
  onLoss: gateway.keyed ? 'repeat' : gateway.lookupUrl === undefined ? 'tell' : 'look_up',
  send: (message, { text }) => sendSms(gateway, { to: message.recipient, text, key: keyOf(message) }),
  ...(gateway.lookupUrl === undefined ? {} : { lookUp: (message) => lookUpSms(gateway, keyOf(message)) }),
});

function webhookProvider({ config, pool, secrets }: Pick<Deps, 'config' | 'pool' | 'secrets'>): Provider {
  return {
    name: 'webhook',
    // Receivers know an event by its id.
    onLoss: 'repeat',
    async send(message, { text }) {
      const hook = await findWebhook(pool, Number(message.recipient));
      if (!hook) return handover('refused', 'the webhook was removed');
      return postWebhook({
        url: hook.url,
        secret: Buffer.from(secrets.unseal('webhook', hook.secret), 'base64'),
        id: keyOf(message),
        timestamp: Math.floor(message.now.epochMilliseconds / 1_000),
        body: text,
        anywhere: config.privateWebhooks,
      });
    },
  };
}

async function findWebhook(pool: pg.Pool, id: number): Promise<{ url: string; secret: Buffer } | null> {
  const [row] = await run<{ url: string; secret: Buffer }>(pool, webhookById, [id]);
  return row ?? null;
}

const webhookById: Statement = {
  name: 'webhook-by-id',
  text: `select url, secret from webhooks where id = $1 and ended_at is null`,
};
