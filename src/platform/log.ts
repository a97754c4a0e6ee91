import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.ts';

export type Log = Logger;

/**
 * Structured logs. Only named fields of requests and errors are written: paths and messages carry names, numbers and
 * database values, so an allow-list is the only redaction that holds.
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: safeError, error: safeError, req: nothing, res: nothing },
  };
  return destination ? pino(options, destination) : pino(options);
}

const nothing = () => undefined;

/** Name, code and stack places. The message is kept only for errors of the runtime itself, whose texts name no data. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  const places = error.stack?.split('\n').filter((text) => /^\s+at /.test(text)) ?? [];
  const ofRuntime =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return {
    name: error.name,
    code,
    constraint,
    ...(ofRuntime ? { message: error.message } : {}),
    stack: places.slice(0, 12).map((text) => text.trim()),
  };
}
