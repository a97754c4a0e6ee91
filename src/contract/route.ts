import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

export type UserType = 'patient' | 'doctor' | 'assistant' | 'admin';

/**
 * Who may call: everybody (`public` never looks at a token, `anyone` takes one when it is given), whoever is signed in,
 * or users of the named types. There is no default.
 */
export type Access = 'public' | 'anyone' | 'signed-in' | readonly UserType[];

/**
 * A route as a value. The same value is the server's validation, a row of the OpenAPI document and the type of the
 * client's call.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is multipart/form-data with one file field of this name; the handler reads it. */
  readonly file?: string;
  /** Takes an `Idempotency-Key`: the same key and body give the same answer for 24 hours. */
  readonly idempotent?: boolean;
  /** Takes a `Guest-Token` header: who confirmed a mobile number or an address without having an account. */
  readonly guest?: boolean;
  /** A stricter limit than the service's own: requests per minute and caller. */
  readonly perMinute?: number;
  /** With `?preview=true` it answers 200 with this, and changes nothing. */
  readonly preview?: z.ZodType;
  /** With another `format` than JSON it answers a file of one of these types. */
  readonly files?: readonly string[];
  readonly ok: { readonly status: 200 | 201 | 202 | 204; readonly body?: z.ZodType };
  readonly problems?: readonly ProblemCode[];
};

export const route = <const R extends Route>(value: R): R => value;

export const apiPrefix = '/api/v1';

type Part<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends z.ZodType
  ? Given<K, z.input<R[K]>>
  : unknown;

/** What may be left out in every part may be left out as a whole. */
type Given<K extends string, Value> =
  Partial<Value> extends Value ? { [key in K]?: Value } : { [key in K]: Value };

/** What a caller passes. */
export type RouteInput<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>;

type Parsed<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends z.ZodType
  ? { [key in K]: z.output<R[K]> }
  : unknown;

/** What a handler gets, parsed. */
export type RouteRequest<R extends Route> = Parsed<R, 'params'> & Parsed<R, 'query'> & Parsed<R, 'body'>;

/** What a handler returns and a caller receives. */
export type RouteAnswer<R extends Route> = R['ok']['body'] extends z.ZodType
  ? z.output<R['ok']['body']>
  : void;

/** What a preview answers. */
export type RoutePreview<R extends Route> = R['preview'] extends z.ZodType ? z.output<R['preview']> : never;
