import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Visit } from '../../lib/visit.ts';

/** A part of a page, for the script that asked to put it in its place. */
export function answerFragment(visit: Visit, status: number, content: ReactNode): Response {
  return answer(visit, status, renderToStaticMarkup(content));
}

/** Nothing to show. */
export const answerNothing = (visit: Visit): Response => answer(visit, 204, null);

function answer(visit: Visit, status: number, body: string | null): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex',
  });
  for (const cookie of visit.cookies) headers.append('set-cookie', cookie);
  return new Response(body, { status, headers });
}
