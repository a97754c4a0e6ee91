/**
 * What the browser gets instead of zod (vite.config.ts): the contract's schemas are taken there for their types alone, and
 * they would be a sixth of the app's script. It also wants to write code, which the content security policy forbids.
 * A schema that is run after all says so.
 */
export const z: unknown = new Proxy(() => undefined, {
  apply: () => z,
  get: (_, name) => {
    // `then` would make a promise of it.
    if (typeof name === 'symbol' || name === 'then') return undefined;
    if (running.has(name)) throw new Error(`Schemas are not run in the browser: ${name}`);
    return z;
  },
});

const running = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'options', 'shape']);
