import { z } from 'zod';
import * as fields from './fields.ts';
import { messageChannel, messageKind } from './messages.ts';
import { route } from './route.ts';
import { stream } from './streams.ts';

const tag = 'Notifications';

export const notification = z.object({
  /** Grows in the order in which the reader gets them. */
  id: z.int(),
  kind: messageKind,
  title: z.string(),
  text: z.string(),
  /** Path of the page it is about; null: there is none. */
  path: z.string().nullable(),
  createdAt: fields.toldInstant,
  readAt: fields.toldInstant.nullable(),
});
export type Notification = z.output<typeof notification>;

export const listNotifications = route({
  method: 'GET',
  path: '/notifications',
  summary: 'What the signed-in user was told in the app, newest first, and how much of it is unread',
  tag,
  access: 'signed-in',
  query: z.strictObject({
    unread: fields.flag.optional(),
    /** Only what came after this one. */
    after: fields.wholeNumber.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(notification).extend({ unread: z.int() }) },
});

export const readNotifications = route({
  method: 'POST',
  path: '/notifications/read',
  summary: 'Mark notifications as read: those named, or all up to one of them',
  tag,
  access: 'signed-in',
  body: z
    .strictObject({ ids: z.array(fields.id).max(100).optional(), upTo: fields.id.optional() })
    .superRefine(
      fields.refuseMistakes(({ ids, upTo }) =>
        (ids === undefined) === (upTo === undefined)
          ? [{ path: 'ids', message: 'Give ids or upTo, one of the two' }]
          : [],
      ),
    ),
  ok: { status: 200, body: z.object({ unread: z.int() }) },
});

const accessToken = z.string().max(2_000);

export const streamNotifications = stream({
  path: '/notifications/stream',
  summary: 'Notifications and their unread count as they come, and first those missed since the last visit',
  tag,
  access: 'signed-in',
  says: z.discriminatedUnion('type', [
    z.strictObject({
      /** The first message, within five seconds. */
      type: z.literal('hello'),
      /** Where the handshake carried no `Authorization` header: browsers cannot set one. */
      accessToken: accessToken.optional(),
      /** The last notification seen; without it the stream begins with the next one. */
      after: z.int().nonnegative().optional(),
    }),
    z.strictObject({
      /** Another token of the same user, before the one in use ends. */
      type: z.literal('token'),
      accessToken,
    }),
  ]),
  hears: z.discriminatedUnion('type', [
    z.object({
      /** What was missed has been sent, or, with `complete: false`, is more than is sent again: read the list. */
      type: z.literal('ready'),
      lastId: z.int(),
      unread: z.int(),
      complete: z.boolean(),
    }),
    z.object({ type: z.literal('notification'), notification, unread: z.int() }),
    /** Something was read elsewhere. */
    z.object({ type: z.literal('unread'), unread: z.int() }),
  ]),
});

const quietHours = z
  .strictObject({ from: fields.wallTime, until: fields.wallTime })
  .superRefine(
    fields.refuseMistakes(({ from, until }) =>
      from === until ? [{ path: 'until', message: 'The end must differ from the start' }] : [],
    ),
  )
  .nullable();

/** Codes and invitations are always sent. */
const choice = z.strictObject({
  kind: messageKind.exclude(['verify', 'password_reset', 'sign_in', 'guest', 'invitation']),
  channel: messageChannel,
  wanted: z.boolean(),
});

const settings = z.object({
  /** Local times of the chamber in which only what cannot wait is sent; null: none. */
  quietHours,
  /** One for each kind and channel. */
  choices: z.array(choice),
});
export type NotificationSettings = z.output<typeof settings>;

export const getNotificationSettings = route({
  method: 'GET',
  path: '/notifications/settings',
  summary: 'What the signed-in user wants to be told, by which ways, and when not',
  tag,
  access: 'signed-in',
  ok: { status: 200, body: settings },
});

export const putNotificationSettings = route({
  method: 'PUT',
  path: '/notifications/settings',
  summary: 'Change what the signed-in user is told; what is left out stays',
  tag,
  access: 'signed-in',
  body: z.strictObject({
    quietHours: quietHours.optional(),
    choices: z.array(choice).max(100).optional(),
  }),
  ok: { status: 200, body: settings },
});
