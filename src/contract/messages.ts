import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Messages';
const admin = ['admin'] as const;

/** What people are told, in the order of a list. */
const messageKinds = [
  'verify',
  'password_reset',
  'sign_in',
  'guest',
  'invitation',
  'booked',
  'requested',
  'approved',
  'declined',
  'rescheduled',
  'cancelled',
  'session_moved',
  'session_cancelled',
  'reminder',
  'doctor_late',
  'nearly_next',
  'waitlist_offer',
  'deposit_due',
  'deposit_expired',
  'monthly_report',
] as const;
export const messageKind = z.enum(messageKinds);
export type MessageKind = z.output<typeof messageKind>;

const messageChannels = ['email', 'sms', 'in_app'] as const;
export const messageChannel = z.enum(messageChannels);
export type MessageChannel = z.output<typeof messageChannel>;

/**
 * `unknown`: it was given out of hand and no answer came; a person decides. `missed`: its moment passed. `suppressed`:
 * not wanted, or no way to send it. `cancelled`: it was no longer true.
 */
export const messageState = z.enum([
  'pending',
  'sending',
  'sent',
  'failed',
  'missed',
  'suppressed',
  'unknown',
  'cancelled',
]);

export const isCode = (kind: MessageKind): boolean => codeKinds.includes(kind);
const codeKinds: readonly MessageKind[] = ['verify', 'password_reset', 'sign_in', 'guest'];

/** Whether it opens an account: sent to the number or address itself, whatever its reader has switched off, never in the app. */
export const opensAccount = (kind: MessageKind): boolean => isCode(kind) || kind === 'invitation';

const ofCode = ['sender', 'code', 'minutes'] as const;
const ofInvitation = ['sender', 'name', 'link'] as const;
const ofReport = ['sender', 'doctor', 'month', 'link'] as const;
const ofVisit = [
  'sender',
  'patient',
  'doctor',
  'chamber',
  'address',
  'phone',
  'when',
  'reference',
  'link',
] as const;

/** What may stand in braces in a template of a kind. Nothing about anybody's health is among it. */
export function placeholdersOf(kind: MessageKind): readonly string[] {
  if (isCode(kind)) return ofCode;
  if (kind === 'invitation') return ofInvitation;
  if (kind === 'monthly_report') return ofReport;
  if (kind === 'rescheduled' || kind === 'session_moved') return [...ofVisit, 'oldWhen'];
  if (kind === 'doctor_late') return [...ofVisit, 'minutes'];
  if (kind === 'deposit_due') return [...ofVisit, 'until', 'amount'];
  return kind === 'waitlist_offer' ? [...ofVisit, 'until'] : ofVisit;
}

export type Wording = { title: string | null; text: string };

/** What keeps a wording from being used. */
export function mistakesInWording(
  { kind, channel }: { kind: MessageKind; channel: MessageChannel },
  { title, text }: Wording,
): fields.Mistake[] {
  const known = placeholdersOf(kind);
  const mistakes: fields.Mistake[] = [];
  for (const [path, value] of [
    ['title', title ?? ''],
    ['text', text],
  ] as const) {
    const unknown = named(value).find((name) => !known.includes(name));
    if (unknown !== undefined)
      mistakes.push({ path, message: `{${unknown}} is not known here; use ${known.map(brace).join(' ')}` });
    else if (/[{}]/.test(value.replace(/\{\w+\}/g, '')))
      mistakes.push({ path, message: 'Use braces only around a name, such as {doctor}' });
  }
  if (channel === 'in_app' && opensAccount(kind))
    mistakes.push({ path: 'channel', message: 'What opens an account is sent by e-mail or SMS' });
  if ((channel === 'sms') !== (title === null))
    mistakes.push({
      path: 'title',
      message: channel === 'sms' ? 'An SMS has no title' : 'Fill this in',
    });
  if (isCode(kind) && !named(text).includes('code'))
    mistakes.push({ path: 'text', message: 'It must contain {code}' });
  if (kind === 'invitation' && !named(text).includes('link'))
    mistakes.push({ path: 'text', message: 'It must contain {link}' });
  if (channel === 'sms') {
    if (!text.startsWith('{sender}'))
      mistakes.push({ path: 'text', message: 'An SMS begins with {sender}, so that people see who writes' });
    if (named(text).filter((name) => name === 'link').length > 1 || /https?:|www\./i.test(text))
      mistakes.push({ path: 'text', message: 'An SMS has one link at most: {link}' });
  }
  return mistakes;
}

const named = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const brace = (name: string): string => `{${name}}`;

// A webhook is told of events, which are no messages.
const ledgerKind = z.enum([...messageKinds, 'event']);
const ledgerChannel = z.enum([...messageChannels, 'webhook']);

const message = z.object({
  id: z.int(),
  kind: ledgerKind,
  channel: ledgerChannel,
  /** Address, number, id of the user or of the webhook. */
  recipient: z.string(),
  userId: z.int().nullable(),
  appointmentId: z.int().nullable(),
  /** Of the appointment; of a report or an invitation its id. */
  version: z.int(),
  language: fields.language,
  state: messageState,
  dueAt: fields.toldInstant,
  /** The next try of one that is pending. */
  tryAt: fields.toldInstant,
  tries: z.int(),
  provider: z.string().nullable(),
  /** What the provider said, or why it was not sent. */
  answer: z.string().nullable(),
  parts: z.int().nullable(),
  cost: fields.money.nullable(),
  createdAt: fields.toldInstant,
  handedAt: fields.toldInstant.nullable(),
  finishedAt: fields.toldInstant.nullable(),
  resolvedBy: z.object({ id: z.int(), fullName: z.string() }).nullable(),
});
export type LedgerMessage = z.output<typeof message>;

export const listMessages = route({
  method: 'GET',
  path: '/admin/messages',
  summary: 'The ledger: what was sent to whom, when, with what result; newest first',
  tag,
  access: admin,
  query: z.strictObject({
    state: messageState.optional(),
    kind: ledgerKind.optional(),
    channel: ledgerChannel.optional(),
    appointmentId: fields.idInUrl.optional(),
    userId: fields.idInUrl.optional(),
    /** Part of an address or a number. */
    recipient: z.string().trim().min(3, 'Use at least 3 characters').max(100).optional(),
    /** Due at or after this instant, and before that one. */
    from: fields.instant.optional(),
    to: fields.instant.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(message) },
});

export const resolveMessage = route({
  method: 'POST',
  path: '/admin/messages/{id}/resolution',
  summary:
    'Decide about a message whose fate is unknown, or that failed: it was `sent`, it is to be sent again (`send_again`), or it is left as it is (`give_up`)',
  tag,
  access: admin,
  idempotent: true,
  params: z.strictObject({ id: fields.idInUrl }),
  body: z.strictObject({ decision: z.enum(['sent', 'send_again', 'give_up']) }),
  ok: { status: 200, body: z.object({ message }) },
  problems: ['changed_meanwhile', 'key_reused', 'request_in_progress'],
});

const template = z.object({
  kind: messageKind,
  channel: messageChannel,
  language: fields.language,
  /** Of an e-mail its subject; null: an SMS. */
  title: z.string().nullable(),
  text: z.string(),
  /** What may stand in braces. */
  placeholders: z.array(z.string()),
  /** Null: the wording that Shomoy brings along. */
  changed: z.object({ at: fields.toldInstant, by: z.string().nullable() }).nullable(),
});
export type Template = z.output<typeof template>;

export const listTemplates = route({
  method: 'GET',
  path: '/admin/templates',
  summary: 'Every template: the wording in use, and whether it was changed here',
  tag,
  access: admin,
  query: z.strictObject({ kind: messageKind.optional(), language: fields.language.optional() }),
  ok: { status: 200, body: z.object({ items: z.array(template) }) },
});

const which = { kind: messageKind, channel: messageChannel, language: fields.language };
const wording = {
  title: fields.line(200).nullable(),
  text: fields.text(4000).refine((value) => value !== '', 'Fill this in'),
};

export const putTemplate = route({
  method: 'PUT',
  path: '/admin/templates/{kind}/{channel}/{language}',
  summary: 'Change a wording; refused when a placeholder is not known or one is missing',
  tag,
  access: admin,
  params: z.strictObject(which),
  body: z.strictObject(wording),
  ok: { status: 200, body: z.object({ template }) },
});

export const endTemplate = route({
  method: 'DELETE',
  path: '/admin/templates/{kind}/{channel}/{language}',
  summary: 'Go back to the wording that Shomoy brings along',
  tag,
  access: admin,
  params: z.strictObject(which),
  ok: { status: 200, body: z.object({ template }) },
});

export const previewTemplate = route({
  method: 'POST',
  path: '/admin/templates/preview',
  summary:
    'A wording filled with the data of an appointment, the latest one when none is named; nothing is sent or kept',
  tag,
  access: admin,
  body: z
    .strictObject({ ...which, ...wording, appointmentId: fields.id.optional() })
    .superRefine(fields.refuseMistakes((body) => mistakesInWording(body, body))),
  ok: {
    status: 200,
    body: z.object({
      title: z.string().nullable(),
      text: z.string(),
      /** Of an e-mail. */
      html: z.string().nullable(),
      sms: z
        .object({
          encoding: z.enum(['gsm7', 'ucs2']),
          length: z.int(),
          parts: z.int(),
          cost: fields.money,
        })
        .nullable(),
    }),
  },
});

/** What a webhook can be told of; the payload carries ids and times, never a name or a number. */
export const webhookEvent = z.enum([
  'appointment.booked',
  'appointment.requested',
  'appointment.approved',
  'appointment.declined',
  'appointment.rescheduled',
  'appointment.cancelled',
  'appointment.expired',
  'appointment.attended',
]);
export type WebhookEvent = z.output<typeof webhookEvent>;

const webhook = z.object({
  id: z.int(),
  url: z.string(),
  events: z.array(webhookEvent),
  createdAt: fields.toldInstant,
});

export const listWebhooks = route({
  method: 'GET',
  path: '/admin/webhooks',
  summary: 'Addresses that are told what happens to appointments',
  tag,
  access: admin,
  ok: { status: 200, body: z.object({ items: z.array(webhook) }) },
});

export const addWebhook = route({
  method: 'POST',
  path: '/admin/webhooks',
  summary:
    'Tell an address what happens to appointments, signed by the Standard Webhooks specification; the secret is shown once',
  tag,
  access: admin,
  idempotent: true,
  body: z.strictObject({
    url: z
      .string()
      .max(500)
      .refine((value) => {
        const url = URL.parse(value);
        return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '';
      }, 'Use an address that begins with https://'),
    events: z
      .array(webhookEvent)
      .min(1, 'Choose at least one')
      .transform((events) => [...new Set(events)]),
  }),
  ok: { status: 201, body: z.object({ webhook, secret: z.string() }) },
  problems: ['key_reused', 'request_in_progress'],
});

export const endWebhook = route({
  method: 'DELETE',
  path: '/admin/webhooks/{id}',
  summary: 'Tell an address no more; what waits for it is cancelled',
  tag,
  access: admin,
  params: z.strictObject({ id: fields.idInUrl }),
  ok: { status: 204 },
});

export const listMailbox = route({
  method: 'GET',
  path: '/admin/mailbox',
  summary:
    'Every e-mail and SMS that would have gone out, newest first: in the demonstration, where no mail server and no gateway is set',
  tag,
  access: admin,
  query: z.strictObject({
    channel: messageChannel.exclude(['in_app']).optional(),
    ...fields.paging,
  }),
  ok: {
    status: 200,
    body: fields.listOf(
      z.object({
        id: z.int(),
        channel: messageChannel.exclude(['in_app']),
        kind: messageKind,
        recipient: z.string(),
        title: z.string().nullable(),
        text: z.string(),
        /** The calendar file that goes with an e-mail. */
        calendar: z.string().nullable(),
        parts: z.int().nullable(),
        createdAt: fields.toldInstant,
      }),
    ),
  },
});
