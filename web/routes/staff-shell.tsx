import { answerDocument, inOtherLanguage } from '../features/site/document.tsx';
import { SiteBar } from '../features/site/site-bar.tsx';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, siteName, withQuery } from '../lib/visit.ts';

/** What every address below `/staff` is answered with: the frame that `web/staff.tsx` fills. */
export const staffShell: PageRoute = {
  path: '/staff/*',
  get: (visit) => {
    const { m, url, language, context } = visit;
    if (!visit.session) {
      const next = url.pathname + url.search;
      return seeOther(visit, withQuery(link(visit, '/sign-in'), { next }));
    }
    return answerDocument(
      visit,
      { title: m.staff.title, script: context.assets.staff },
      <div id="app" data-signed-in className="flex grow flex-col">
        <SiteBar
          home={link(visit, '/staff')}
          name={siteName(visit)}
          tagline={m.site.desk}
          language={language}
          otherLanguage={inOtherLanguage(visit)}
          wide
        />
        <main id="main" className="w-full max-w-272 grow px-4 pt-6 md:px-6 md:pt-10">
          <h1 className="sr-only">{m.staff.title}</h1>
          <noscript>
            <p className="mb-6 max-w-160 border-l-4 border-info bg-info-tint px-3 py-2">
              {m.staff.needsScript}
            </p>
          </noscript>
          <div className="needs-script">
            <output className="sr-only">{m.staff.loading}</output>
            <div aria-hidden="true" className="appear-late grid grid-cols-1 gap-4">
              <div className="h-9 w-56 bg-hairline" />
              <div className="h-24 bg-white" />
              <div className="h-24 bg-white" />
            </div>
            <p className="appear-last mt-8">
              {m.staff.slow}{' '}
              <a href={link(visit, visit.path) + url.search} className="link">
                {m.staff.reload}
              </a>
            </p>
          </div>
        </main>
      </div>,
    );
  },
};
