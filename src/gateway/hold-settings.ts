import type { FastifyInstance } from 'fastify';
import { createClient } from '../contract/client.ts';
import { getSettings, usualSettings, type Settings } from '../contract/settings.ts';
import { innerCall } from '../platform/rate-limits.ts';

export type HeldSettings = {
  /** Not older than a second, or the last that could be read: a page without the right name is better than none. */
  read(): Promise<Settings>;
  /** The last that were read. */
  known(): Settings;
};

const heldMs = 1_000;

/** The organisation's settings for pages, which all want them: read once a second at most, however many pages are opened. */
export function holdSettings(app: FastifyInstance): HeldSettings {
  const call = createClient(async ({ method, url, headers }) => {
    const answer = await app.inject({ method, url, headers: { ...headers, ...innerCall } });
    return { status: answer.statusCode, body: answer.body };
  });
  let known = usualSettings;
  let until = 0;
  let reading: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    try {
      const begun = performance.now();
      known = (await call(getSettings, {})).settings;
      until = begun + heldMs;
    } catch (error) {
      app.log.warn({ err: error }, 'the settings cannot be read: pages show the last that were');
      until = performance.now() + heldMs;
    } finally {
      reading = null;
    }
  }

  return {
    known: () => known,
    async read() {
      if (performance.now() >= until) await (reading ??= refresh());
      return known;
    },
  };
}
