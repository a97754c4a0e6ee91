import type { z } from 'zod';
import type { Access } from './route.ts';

/** A WebSocket as a value: its messages are JSON texts. Below `/api/v1` like a route, and with the same authorisation. */
export type Stream = {
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** What the client sends. */
  readonly says: z.ZodType;
  /** What it gets. */
  readonly hears: z.ZodType;
};

export const stream = <const S extends Stream>(value: S): S => value;

export type StreamSays<S extends Stream> = z.output<S['says']>;
export type StreamHears<S extends Stream> = z.output<S['hears']>;

/** Every way in which a stream is ended from our side: the code of the WebSocket, and what the client is to do. */
export const closings = {
  restarting: { code: 1001, advice: 'come back in a moment, with the last id seen' },
  unavailable: { code: 1013, advice: 'come back later, with the last id seen' },
  bad_message: { code: 4400, advice: 'what was sent could not be read; do not send it again' },
  token_expired: { code: 4401, advice: 'come back with a new access token' },
  account_inactive: { code: 4403, advice: 'do not come back' },
  silent: { code: 4408, advice: 'say hello within five seconds' },
  too_slow: { code: 4409, advice: 'you read too slowly; come back with the last id seen' },
  too_many: { code: 4429, advice: 'close another stream of this user first' },
} as const;

export type Closing = keyof typeof closings;
