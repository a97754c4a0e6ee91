import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { currentRequestId } from './request-scope.ts';

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
    // Lines of a request carry its id already; those of jobs and of what they call get it here.
    mixin: (_: object, __: number, logger: Log) => {
      const requestId = currentRequestId();
      return requestId === null || 'requestId' in logger.bindings() ? {} : { requestId };
    },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: safeError, error: safeError, req: nothing, res: nothing },
  };
  return pino(options, destination ?? pino.destination({ dest: 1, sync: false, minLength: 1 }));
}

/**
 * Ends when all lines are written, or when nobody reads them any more. Before every exit: there pino writes what is left, and
 * where its reader is gone it tries that for ever.
 */
export const endLog = (log: Log): Promise<void> => new Promise((done) => log.flush(() => done()));

const nothing = () => undefined;

/** Name, code and stack places. The message is kept only for errors of the runtime itself, whose texts name no data. */
type SafeError = { name: string; code?: string; constraint?: string; message?: string; stack?: string[] };

function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  const places = error.stack?.split('\n').filter((text) => /^\s+at /.test(text)) ?? [];
  const ofRuntime =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(ofRuntime ? { message: error.message } : {}),
    stack: places.slice(0, 12).map((text) => text.trim()),
  };
}

/** The same in a line, for people: what failed and where. */
export function reasonOf(error: unknown): string {
  const safe = safeError(error);
  const { name, code, constraint, message, stack = [] } = safe;
  const where = stack.find((place) => !place.includes('node_modules') && !place.includes('node:'));
  return [name, code, constraint, message, where].filter((part) => part !== undefined).join(' · ');
}
