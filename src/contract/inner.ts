import { z } from 'zod';
import * as fields from './fields.ts';
import { notification } from './notifications.ts';

/** What a gateway asks a service for many people at once. No part of the API: nobody else can ask it. */
export type InnerCall<Asks = unknown, Answers = unknown> = {
  /** The service that answers. */
  readonly of: 'appointments';
  readonly path: string;
  readonly asks: z.ZodType<Asks>;
  readonly answers: z.ZodType<Answers>;
};

const innerCall = <Asks, Answers>(value: InnerCall<Asks, Answers>) => value;

/** More missed notifications than this are not sent again. */
export const mostMissed = 100;

/** So many readers are asked for together. */
export const mostReaders = 200;

/** What each of these readers has missed, in the order in which they are named. */
export const findMissedNotifications = innerCall({
  of: 'appointments',
  path: '/inner/missed-notifications',
  asks: z.strictObject({
    readers: z
      .array(
        z.strictObject({
          userId: fields.id,
          /** The last one they have; null: they begin with the next one. */
          after: z.int().nonnegative().nullable(),
        }),
      )
      .max(mostReaders),
  }),
  answers: z.array(
    z.object({
      lastId: z.int(),
      unread: z.int(),
      /** Oldest first; null: more than are sent again. */
      missed: z.array(notification).nullable(),
    }),
  ),
});
