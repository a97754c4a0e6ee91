import type pg from 'pg';
import type { Config } from '../../config.ts';
import { measureSms } from '../../contract/sms-parts.ts';
import type { Deps } from '../../platform/deps.ts';
import { handover, type Handover } from '../../platform/handover.ts';
import { announceJobs } from '../../platform/jobs.ts';
import { costOf, nextTryAfter } from '../planning/policy.ts';
import type { Links } from '../wording/present.ts';
import { writeEvent } from '../wording/write-event.ts';
import { writeMessage, type Written } from '../wording/write-message.ts';
import {
  claimMessages,
  endMessage,
  handOut,
  keepInMailbox,
  keepNote,
  settleLeft,
  type Channel,
  type Claimed,
  type Ending,
} from './queries.ts';
import type { Provider, Providers } from './send-message.ts';

export type Delivery = {
  /** Something new may be due: it is not left until the next look. */
  nudge(): void;
  /** Takes no more and waits for those under way; what stays is taken up when its lease ends. */
  stop(): Promise<void>;
};

const usual = {
  pollMs: 1_000,
  // What is added in a burst is one look.
  nudgeMs: 20,
  // Longer than any provider takes to answer, and short enough that a crash is over within 90 seconds.
  leaseSeconds: 60,
  // What must be left of it when a message is given out, and how much of that the slowest provider may take.
  neededSeconds: 35,
  sendSeconds: 30,
  atOnce: { email: 6, sms: 6, webhook: 6, in_app: 4 } as Record<Channel, number>,
};

/**
 * Sends what is due for as long as it runs; any number of processes may. All times are the database's: a worker whose
 * clock is wrong, or that was frozen, finds out by its lease and its fence.
 */
export function startDelivery(
  deps: Pick<Deps, 'pool' | 'log' | 'config' | 'secrets' | 'metrics'> & {
    links: Links;
    providers: Providers;
  },
  options: Partial<typeof usual> = {},
): Delivery {
  const { pool, log } = deps;
  const limits = { ...usual, ...options };
  const { pollMs, nudgeMs, leaseSeconds, atOnce } = limits;
  const underWay = new Map<Channel, Set<Promise<void>>>(
    (Object.keys(atOnce) as Channel[]).map((channel) => [channel, new Set()]),
  );
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  let nudged = false;

  const look = async (): Promise<void> => {
    try {
      await settleLeft(pool);
      const free = new Map([...underWay].map(([channel, set]) => [channel, atOnce[channel] - set.size]));
      const claimed = await claimMessages(pool, { free, leaseSeconds });
      for (const message of claimed) begin(message);
      // Of several to one recipient only the first was taken: others may be due behind them.
      if (claimed.length > 0) again = true;
    } catch (error) {
      // The database may be away; the next look tries again.
      log.warn({ err: error }, 'looking for messages failed');
    }
  };

  const begin = (message: Claimed): void => {
    const set = underWay.get(message.channel);
    const delivered = deliver(deps, message, limits).finally(() => {
      set?.delete(delivered);
      lookNow();
    });
    set?.add(delivered);
  };

  function lookNow(): void {
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = look().finally(() => {
      looking = null;
      timer = setTimeout(lookNow, again ? 0 : pollMs);
      again = false;
      if (stopped) clearTimeout(timer);
    });
  }

  lookNow();
  return {
    nudge() {
      if (nudged) return;
      nudged = true;
      setTimeout(() => {
        nudged = false;
        lookNow();
      }, nudgeMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      const rest = [...underWay.values()].flatMap((set) => [...set]);
      await Promise.race([Promise.all(rest), new Promise((done) => setTimeout(done, graceMs).unref())]);
    },
  };
}

const graceMs = 7_000;

type Means = Parameters<typeof startDelivery>[0];

type Limits = Pick<typeof usual, 'neededSeconds' | 'sendSeconds'>;

async function deliver(means: Means, message: Claimed, limits: Limits): Promise<void> {
  const { pool, log } = means;
  try {
    const ready = await prepare(means, message, limits);
    if (ready) await send(pool, message, ready);
  } catch (error) {
    // Its lease ends, and with it whoever looks next decides.
    log.error({ err: error, message: message.id, tries: message.tries }, 'message failed');
  }
}

/** `until`: the last moment to begin, as this process counts time. */
type Ready = { provider: Provider; written: Written; until: number };

/** Everything before a message leaves the house. Null: it does not, and its end is written. */
async function prepare(means: Means, message: Claimed, limits: Limits): Promise<Ready | null> {
  const { pool, log, config, providers } = means;
  const leaves = () =>
    means.metrics.lateness.observe({ kind: message.kind, channel: message.channel }, message.lateSeconds);
  const { neededSeconds, sendSeconds } = limits;
  const end = async (ending: Ending): Promise<null> => {
    await endMessage(pool, message, ending);
    return null;
  };
  const provider = message.channel === 'in_app' ? 'app' : providers.get(message.channel);
  if (!provider) return end({ state: 'suppressed', answer: 'no way to send it is configured' });
  if (message.askFirst && typeof provider === 'object') {
    const ending = await ask(provider, message);
    if (ending) return end(ending);
  }
  let written: Written | null;
  try {
    written = await write(means, message);
  } catch (error) {
    log.error({ err: error, message: message.id, tries: message.tries }, 'message could not be written');
    return end({ ...retry(message, 'it could not be written'), untouched: !message.askFirst });
  }
  if (!written) return end(obsolete);
  const { title, text, path, calendar } = written;
  const size = message.channel === 'sms' ? measure(config, text) : null;
  if (provider === 'app') {
    await keepNote(pool, message, { title: title ?? '', text, path });
    announceJobs(pool);
  }
  if (provider === 'mailbox')
    await keepInMailbox(pool, message, {
      title,
      text,
      calendar: calendar?.content ?? null,
      parts: size?.parts ?? null,
    });
  if (typeof provider === 'string') {
    leaves();
    return null;
  }
  const until = performance.now() + (neededSeconds - sendSeconds) * 1_000;
  const handed = await handOut(pool, message, {
    provider: provider.name,
    onLoss: provider.onLoss,
    parts: size?.parts ?? null,
    cost: size?.cost ?? null,
    neededSeconds,
  });
  if (handed === 'obsolete') return end(obsolete);
  if (handed !== 'handed') return null;
  leaves();
  return { provider, written, until };
}

const obsolete: Ending = { state: 'cancelled', answer: 'it is no longer true' };

const measure = ({ smsCost }: Config, text: string) => {
  const { parts } = measureSms(text);
  return { parts, cost: costOf(parts, smsCost) };
};

/** Whether the provider has taken what an earlier claimant gave it. Null: it has not. */
async function ask({ lookUp }: Provider, message: Claimed): Promise<Ending | null> {
  const found = await lookUp?.(message);
  if (!found || found.state === 'not_taken') return null;
  if (found.state === 'taken') return { state: 'sent', answer: found.answer };
  return { state: 'unknown', answer: found.answer };
}

/** Of a webhook the text is its body; it is told even of what has changed since. */
const write = (means: Means, message: Claimed): Promise<Written | null> =>
  message.kind === 'event' || message.channel === 'webhook'
    ? writeEvent(means.pool, message)
    : writeMessage(means.pool, means, { ...message, kind: message.kind, channel: message.channel });

async function send(pool: pg.Pool, message: Claimed, { provider, written, until }: Ready): Promise<void> {
  // Frozen since it was given out: somebody else may be asking for it, or sending it, by now.
  if (performance.now() > until)
    return endSurely(pool, message, { ...retry(message, 'it was not sent in time'), untouched: true });
  const outcome = await provider
    .send(message, written)
    .catch((error: unknown) => handover('uncertain', error instanceof Error ? error.name : 'error'));
  await endSurely(pool, message, endingOf(message, outcome, provider));
}

function endingOf(message: Claimed, { state, answer, reference }: Handover, { onLoss }: Provider): Ending {
  if (state === 'taken') return { state: 'sent', answer, reference };
  if (state === 'refused') return { state: 'failed', answer };
  const again = retry(message, answer);
  if (state === 'not_taken') return { ...again, untouched: true };
  return onLoss === 'tell' || again.state === 'failed' ? { state: 'unknown', answer } : again;
}

function retry({ tries, kind }: Claimed, answer: string): Ending {
  const after = nextTryAfter(tries, kind);
  return after === null ? { state: 'failed', answer } : { state: 'pending', answer, after };
}

/** The answer is known and must not be lost to a database that is away for a moment. */
async function endSurely(pool: pg.Pool, message: Claimed, ending: Ending): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await endMessage(pool, message, ending);
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((done) => setTimeout(done, 1_000));
    }
  }
}
