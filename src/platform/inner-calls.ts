import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { InnerCall } from '../contract/inner.ts';
import { gatewayWords } from './gateway-words.ts';
import { Problem } from './problems.ts';

/** Calls that this process answers itself, by path. */
export type InnerAnswers = Map<string, (asked: unknown) => Promise<unknown>>;

const timeoutMs = 5_000;
const signed = z.strictObject({ signed: z.string() });

/**
 * Answers a gateway's questions. In the gateway's own process no route is made, so nothing can reach it from outside; a
 * service alone believes only what a gateway has signed, question and all. To everybody else there is nothing here.
 */
export function answerInner<Asks, Answers>(
  app: FastifyInstance,
  call: InnerCall<Asks, Answers>,
  answer: (asked: Asks) => Promise<Answers>,
): void {
  const { config, secrets, clock } = app.deps;
  const answerAny = async (asked: unknown) => answer(call.asks.parse(asked));
  app.inner.set(call.path, answerAny);
  if (config.services.has('gateway')) return;
  const { read } = gatewayWords(secrets, 'innerCall');
  // Counted by address it would be the gateway that is refused, on a busy day.
  app.post(call.path, { config: { rateLimit: false } }, async ({ body }, reply) => {
    const word = signed.safeParse(body).data?.signed;
    const said = word === undefined ? null : await read(word, call.of, clock.now());
    if (said?.['path'] !== call.path) throw new Problem('not_found');
    return reply.header('cache-control', 'no-store').send(await answerAny(said['asked']));
  });
}

/** Asks the service, here or wherever it runs. Throws when it does not answer. */
export async function askInner<Asks, Answers>(
  app: FastifyInstance,
  call: InnerCall<Asks, Answers>,
  asked: Asks,
): Promise<Answers> {
  const { config, secrets, clock } = app.deps;
  const here = app.inner.get(call.path);
  if (here) return call.answers.parse(await here(asked));
  const word = await gatewayWords(secrets, 'innerCall').sign(
    { path: call.path, asked },
    call.of,
    clock.now(),
  );
  const answer = await fetch(new URL(call.path, config.appointmentsUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signed: word }),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (!answer.ok) throw new Problem('unavailable', `${call.path} was answered with ${answer.status}.`);
  return call.answers.parse(await answer.json());
}
