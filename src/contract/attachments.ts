import { z } from 'zod';
import { visitType } from './doctors.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Desk';

const party = z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() });

/** A desk that an assistant runs. */
const attachment = z.object({
  id: z.int(),
  assistantId: z.int(),
  chamber: party,
  /** Null: all doctors there. */
  doctor: party.nullable(),
});
export type Attachment = z.output<typeof attachment>;

const assistantParams = z.strictObject({ id: fields.idInUrl });

export const listAttachments = route({
  method: 'GET',
  path: '/assistants/{id}/attachments',
  summary:
    'The chambers whose desk an assistant runs, for one doctor there or for all; assistants ask about themselves',
  tag,
  access: ['admin', 'assistant'],
  params: assistantParams,
  query: z.strictObject(fields.paging),
  ok: { status: 200, body: fields.listOf(attachment) },
});

export const attachAssistant = route({
  method: 'POST',
  path: '/assistants/{id}/attachments',
  summary: 'Let an assistant run the desk of a chamber, for one doctor there or for all',
  tag,
  access: ['admin'],
  idempotent: true,
  params: assistantParams,
  body: z.strictObject({
    chamberId: fields.id,
    /** Left out: all doctors there, now and later. */
    doctorId: fields.id.optional(),
  }),
  ok: { status: 201, body: z.object({ attachment }) },
  problems: ['already_attached', 'request_in_progress', 'key_reused'],
});

export const endAttachment = route({
  method: 'DELETE',
  path: '/assistants/{id}/attachments/{attachmentId}',
  summary: 'Let an assistant run the desk of a chamber no more',
  tag,
  access: ['admin'],
  params: z.strictObject({ id: fields.idInUrl, attachmentId: fields.idInUrl }),
  ok: { status: 204 },
});

/** So many fit into one answer; whoever has more asks for one chamber or one doctor. */
export const mostDesks = { chambers: 100, doctors: 200 } as const;

const deskChamber = party.extend({
  address: z.string(),
  addressBn: z.string().nullable(),
  timeZone: z.string(),
  doctors: z.array(party.extend({ slug: z.string(), visitTypes: z.array(visitType) })),
});
export type DeskChamber = z.output<typeof deskChamber>;

export const getMyDesk = route({
  method: 'GET',
  path: '/desk/chambers',
  summary: `Where and for whom one runs the desk: the first ${mostDesks.chambers} chambers by name, ${mostDesks.doctors} doctors in each`,
  tag,
  access: ['assistant', 'doctor', 'admin'],
  /** Administrators run every desk, and must give one of the two. */
  query: z.strictObject({ doctorId: fields.idInUrl.optional(), chamberId: fields.idInUrl.optional() }),
  ok: { status: 200, body: z.object({ chambers: z.array(deskChamber) }) },
});
