import { z } from 'zod';
import type { IssuedCode } from '../../../src/contract/codes.ts';
import * as fields from '../../../src/contract/fields.ts';
import type { ProblemBody } from '../../../src/contract/problems.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import type { Messages } from '../../lib/messages/en.ts';
import { refusalOf } from '../../lib/refusal.ts';
import type { Visit } from '../../lib/visit.ts';
import { newKey } from '../booking/confirm-input.ts';

/** Of a code that is on its way. The browser keeps it until the code is given back. */
export const sentCode = {
  codeId: z.string(),
  sentTo: z.string(),
  /** Epoch milliseconds. */
  sentAt: z.number(),
  demoCode: z.string().nullable(),
};
export type SentCode = { codeId: string; sentTo: string; sentAt: number; demoCode: string | null };

export const toSent = (visit: Visit, { codeId, sentTo, demoCode }: IssuedCode): SentCode => ({
  codeId,
  sentTo,
  sentAt: visit.context.now,
  demoCode,
});

const resendMs = 30_000;

/** Whether the message may still be coming, so that another one would not help. */
export const isFresh = (visit: Visit, { sentAt }: SentCode): boolean => visit.context.now - sentAt < resendMs;

/** Asks for a code under the form's key, so that a form sent twice has one sent; under a new one where the form has changed. */
export async function askOnce(ask: (key: string) => Promise<IssuedCode>, key: string): Promise<IssuedCode> {
  try {
    return await ask(`${key}.code`);
  } catch (error) {
    if (refusalOf(error)?.code !== 'key_reused') throw error;
    return await ask(newKey());
  }
}

/** The code in the form, or null when it cannot be one. */
export const readCode = (typed: string): string | null => fields.code.safeParse(typed).data ?? null;

/** Why no code was sent, in the visitor's words. */
export const explainUnsent = (m: Messages, { code }: ProblemBody): string =>
  code === 'too_many_requests' ? m.guest.resendLater : problemText(m, code);
