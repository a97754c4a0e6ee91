import { refusalOf } from '../refusal.ts';
import { mayPass } from './api.ts';
import { newKey } from './new-key.ts';

/**
 * The Idempotency-Keys of one form. While no answer has been final the same request goes out under the same key, so that
 * whoever presses again after a broken line does not do it twice.
 */
export function createKeys() {
  let open: { asked: string; key: string } | null = null;
  return {
    /** Sends with a key; what `send` throws says whether that was an answer. */
    async use<Answer>(input: unknown, send: (key: string) => Promise<Answer>): Promise<Answer> {
      const asked = JSON.stringify(input);
      if (open?.asked !== asked) open = { asked, key: newKey() };
      try {
        const answer = await send(open.key);
        open = null;
        return answer;
      } catch (error) {
        if (!mayPass(error) && refusalOf(error)?.code !== 'request_in_progress') open = null;
        throw error;
      }
    },
  };
}
