import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const count = z.int();

/** How a day stands, of one doctor in one chamber or of all. */
const standing = z.object({
  /** Who is expected still, requests included. */
  expected: count,
  arrived: count,
  inConsultation: count,
  completed: count,
  noShow: count,
  cancelled: count,
});
export type DayStanding = z.output<typeof standing>;

const concern = z.object({
  count,
  /** Since when the first of them waits; of visits, when the next one is. Null: there is none. */
  since: fields.toldInstant.nullable(),
});
export type Concern = z.output<typeof concern>;

export const getOverview = route({
  method: 'GET',
  path: '/admin/overview',
  summary: 'How today stands, by doctor and chamber, and what waits for a person',
  tag: 'Administration',
  access: ['admin'],
  ok: {
    status: 200,
    body: z.object({
      at: fields.toldInstant,
      /** Appointments that begin today by the clock of their chamber. */
      today: z.object({
        all: standing,
        /** The busiest first. */
        doctors: z.array(
          standing.extend({
            doctor: z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() }),
            chamber: z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() }),
          }),
        ),
      }),
      attention: z.object({
        /** Doctors who have registered and wait for approval. */
        doctorsToApprove: concern,
        /** Messages of which nobody knows whether they arrived. */
        uncertainMessages: concern,
        /** Messages that could not be sent, and nobody has looked at. */
        failedMessages: concern,
        /** Jobs and events that were given up. */
        deadLetters: concern,
        /** Requests whose visit is near, within a day. */
        unansweredRequests: concern,
        /** Visits of the next 30 days that were kept although their hours were closed. */
        keptVisits: concern,
      }),
    }),
  },
});
export type Overview = z.output<typeof getOverview.ok.body>;
export type ConcernName = keyof Overview['attention'];
