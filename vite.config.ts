import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin, type ViteDevServer } from 'vite';
import { createClient } from './src/contract/client.ts';
import { usualSettings } from './src/contract/settings.ts';
import type { PageContext, RenderPage } from './src/contract/web.ts';

const api = 'http://127.0.0.1:8000';

/** The web app alone: `npm run dev` serves its pages from source on port 3000, `scripts/build-web.ts` builds them. */
export default defineConfig({
  appType: 'custom',
  publicDir: false,
  plugins: [tailwindcss(), pagesFromSource(), schemasStayBehind()],
  server: {
    port: 3000,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/user-auth', '/photos', '/health'].map((path) => [path, { target: api, ws: true }]),
    ),
  },
});

function pagesFromSource(): Plugin {
  return {
    name: 'shomoy-pages',
    configureServer: (server) => () => {
      server.middlewares.use((incoming, outgoing, fail) => {
        sendPage(server, incoming, outgoing).catch(fail);
      });
    },
  };
}

/** The contract's routes go to the browser without the library that checks them. */
function schemasStayBehind(): Plugin {
  const absent = fileURLToPath(new URL('web/lib/staff/absent-zod.ts', import.meta.url));
  return {
    name: 'shomoy-absent-zod',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source) => (source === 'zod' ? absent : null),
  };
}

async function sendPage(
  server: ViteDevServer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await answerPage(server, incoming);
  const html = response.headers.get('content-type')?.startsWith('text/html');
  const body = await response.text();
  outgoing.statusCode = response.status;
  outgoing.setHeaders(new Headers([...response.headers].filter(([name]) => name !== 'set-cookie')));
  outgoing.setHeader('set-cookie', response.headers.getSetCookie());
  outgoing.end(html ? await server.transformIndexHtml(incoming.url ?? '/', body) : body);
}

async function answerPage(server: ViteDevServer, incoming: IncomingMessage): Promise<Response> {
  const pages = await server.ssrLoadModule('/web/server.tsx');
  const renderPage: RenderPage = pages['renderPage'];
  return await renderPage(toRequest(incoming), contextFor(server));
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, String(value));
  const init: RequestInit = { method, headers };
  if (method !== 'GET' && method !== 'HEAD')
    Object.assign(init, { body: Readable.toWeb(incoming), duplex: 'half' });
  return new Request(new URL(url, `http://${incoming.headers.host}`), init);
}

function contextFor(server: ViteDevServer): PageContext {
  return {
    call: createClient(async ({ url, ...init }) => {
      const answer = await fetch(api + url, init);
      return { status: answer.status, body: await answer.text() };
    }),
    now: Temporal.Now.instant().epochMilliseconds,
    requestId: crypto.randomUUID(),
    assets: {
      script: '/web/enhance.ts',
      styles: '/web/styles.css',
      fonts: '/web/fonts.css',
      staff: '/web/staff.tsx',
    },
    settings: usualSettings,
    demoLogins: [],
    onError: (error) => server.config.logger.error(String(error instanceof Error ? error.stack : error)),
  };
}
