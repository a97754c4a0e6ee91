import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { readCookie, writeCookie } from '../../lib/cookies.ts';
import { localPath } from '../../lib/local-path.ts';
import { inLanguage, type Language, splitLanguage } from '../../lib/language.ts';
import { savesData, siteName, type Visit } from '../../lib/visit.ts';
import { SiteFooter } from './footer.tsx';
import { SiteHeader } from './header.tsx';

type PageHead = {
  title: string;
  status?: number;
  /** The form on the page was not taken: said in the title before anything else. */
  failed?: boolean;
  /** May be found by search engines. Everything that belongs to one person stays out. */
  open?: boolean;
  /** Instead of what improves the patients' pages. */
  script?: string;
  /** Unread messages of whoever is signed in, where the page knows. */
  unread?: number | null;
};

/** A whole page as a response. */
export function answerPage(visit: Visit, head: PageHead, content: ReactNode): Response {
  return answerDocument(
    visit,
    head,
    <>
      <a
        href="#main"
        data-block
        className="sr-only focus:not-sr-only focus:bg-focus focus:px-4 focus:py-3 focus:text-ink"
      >
        {visit.m.site.skip}
      </a>
      <SiteHeader visit={visit} otherLanguage={inOtherLanguage(visit)} unread={head.unread ?? 0} />
      <main id="main" className="mx-auto w-full max-w-272 grow px-4 pt-6 pb-16 md:px-6 md:pt-10">
        {content}
      </main>
      <SiteFooter visit={visit} />
    </>,
  );
}

/** A response whose body is all the caller's. */
export function answerDocument(visit: Visit, head: PageHead, body: ReactNode): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': head.open ? 'private, no-cache' : 'private, no-store',
    // Links of appointments are secrets; the forms' own origin still has to be seen.
    'referrer-policy': 'same-origin',
    'content-language': visit.language,
  });
  if (!head.open) headers.set('x-robots-tag', 'noindex');
  for (const cookie of [...visit.cookies, ...languageCookie(visit)]) headers.append('set-cookie', cookie);
  const markup = renderToStaticMarkup(
    <Document visit={visit} head={head}>
      {body}
    </Document>,
  );
  return new Response(markup.startsWith('<!DOCTYPE') ? markup : `<!DOCTYPE html>${markup}`, {
    status: head.status ?? 200,
    headers,
  });
}

export const languageCookieName = 'shomoy-language';

/** Remembers the language that is being read. */
function languageCookie(visit: Visit): string[] {
  if (readCookie(visit.request.headers.get('cookie'), languageCookieName) === visit.language) return [];
  const secure = visit.url.protocol === 'https:';
  return [writeCookie({ name: languageCookieName, value: visit.language, seconds: 365 * 24 * 3600, secure })];
}

function Document({ visit, head, children }: { visit: Visit; head: PageHead; children: ReactNode }) {
  const { m, language, context } = visit;
  const script = head.script ?? context.assets.script;
  const title = `${head.failed ? m.site.errorTitle(head.title) : head.title} · ${siteName(visit)}`;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{title}</title>
        <meta name="theme-color" content="#006a4e" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={context.assets.styles} />
        {wantsFonts(visit) ? <link rel="stylesheet" href={context.assets.fonts} /> : null}
        {head.open ? <link rel="alternate" hrefLang="bn" href={inOtherWords(visit, 'bn')} /> : null}
        {head.open ? <link rel="alternate" hrefLang="en" href={inOtherWords(visit, 'en')} /> : null}
        <script type="module" src={script} />
      </head>
      <body data-offline={m.site.offline} className="flex min-h-svh flex-col">
        {children}
      </body>
    </html>
  );
}

/** The same page in the other language. */
export const inOtherLanguage = (visit: Visit): string =>
  inOtherWords(visit, visit.language === 'bn' ? 'en' : 'bn');

/** The same page in a language, and so the page that follows a sign-in there. */
function inOtherWords(visit: Visit, language: Language): string {
  const query = new URLSearchParams(visit.query);
  const next = localPath(query.get('next'));
  if (next) {
    const url = new URL(next, visit.url);
    query.set('next', inLanguage(language, splitLanguage(url.pathname).path) + url.search);
  }
  const text = query.toString();
  return inLanguage(language, visit.path) + (text ? `?${text}` : '');
}

// Android brings Noto Sans Bengali, and whoever saves data has asked for less.
const wantsFonts = (visit: Visit): boolean =>
  !savesData(visit) && !/\bAndroid\b/.test(visit.request.headers.get('user-agent') ?? '');
