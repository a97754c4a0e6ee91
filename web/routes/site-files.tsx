import { renderToStaticMarkup } from 'react-dom/server';
import type { PageRoute } from '../lib/route-table.ts';

/** The mark: a slip with a clock's two hands. */
export const favicon: PageRoute = {
  path: '/favicon.svg',
  sessionless: true,
  get: () =>
    new Response(
      renderToStaticMarkup(
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
          <path fill="#006a4e" d="M4 2h24v26l-3 3-3-3-3 3-3-3-3 3-3-3-3 3-3-3z" />
          <path fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="square" d="M16 9v8h6" />
        </svg>,
      ),
      { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' } },
    ),
};

/** Pages of one person's own stay out of search engines; each says so itself too. */
export const robots: PageRoute = {
  path: '/robots.txt',
  sessionless: true,
  get: () =>
    new Response('User-agent: *\nDisallow: /book/\nDisallow: /en/book/\nDisallow: /a/\nDisallow: /en/a/\n', {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
    }),
};
