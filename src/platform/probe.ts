import { z } from 'zod';
import type { Health } from '../contract/health.ts';

const answer = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  checks: z.record(z.string(), z.enum(['ok', 'behind', 'unavailable'])).optional(),
});

/** What another service says of itself; gives up after two seconds. One that does not answer says nothing of its parts. */
export async function probe(url: string): Promise<Health> {
  try {
    const asked = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'error' });
    const { status, checks = {} } = answer.parse(await asked.json());
    return { status: asked.ok ? status : 'unavailable', checks };
  } catch {
    // Refused, cut, too slow or no health at all: which of them is the service's own log to say.
    return { status: 'unavailable', checks: {} };
  }
}
