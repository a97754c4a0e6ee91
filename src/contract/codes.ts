import { z } from 'zod';
import * as fields from './fields.ts';

/** A code is on its way. The answer is the same whether anybody has the number or address that was named. */
export const issuedCode = z.object({
  codeId: z.uuid(),
  /** The number or address, for recognition only: `017••••5678`. */
  sentTo: z.string(),
  expiresAt: fields.toldInstant,
  /** From then on another one may be asked for; the earlier stays valid. */
  resendAfter: fields.toldInstant,
  /** The code itself, where the data is a demonstration and nothing is sent. */
  demoCode: z.string().nullable(),
});
export type IssuedCode = z.output<typeof issuedCode>;

/** What every request for a code says of itself. */
export const codeRequest = {
  idempotent: true,
  perMinute: 10,
  ok: { status: 201, body: issuedCode },
  problems: ['too_many_codes', 'too_many_requests', 'key_reused', 'request_in_progress'],
} as const;

/** A code that came, with the id that was answered when it was asked for. */
export const givenCode = { codeId: z.uuid(), code: fields.code };
