import { link, type Visit } from '../../lib/visit.ts';
import { initials } from '../../lib/names.ts';

const barLink =
  'inline-flex min-h-12 items-center px-2 text-white underline decoration-white/60 underline-offset-4 hover:decoration-2 hover:decoration-white';

/** Name of the place, language, and the way in. */
export function SiteHeader({ visit, otherLanguage }: { visit: Visit; otherLanguage: string }) {
  const { m, session, language } = visit;
  return (
    <header data-screen-only>
      <div className="bg-green text-white">
        <div className="mx-auto flex w-full max-w-272 flex-wrap items-center gap-x-3 px-4 md:px-6">
          <a
            href={link(visit, '/')}
            className="mr-auto inline-flex min-h-14 items-center gap-3 text-white no-underline"
          >
            <span className="text-title font-semibold">{m.site.name}</span>
            <span className="hidden border-l border-white/50 pl-3 sm:inline">{m.site.tagline}</span>
          </a>
          <a
            href={otherLanguage}
            hrefLang={language === 'bn' ? 'en' : 'bn'}
            lang={language === 'bn' ? 'en' : 'bn'}
            className={barLink}
          >
            {language === 'bn' ? 'English' : 'বাংলা'}
          </a>
          {session ? null : (
            <a href={link(visit, '/sign-in')} className={barLink}>
              {m.site.signIn}
            </a>
          )}
        </div>
      </div>
      {session ? (
        <nav aria-label={m.site.account} data-signed-in className="border-b border-hairline bg-white">
          <div className="relative mx-auto flex w-full max-w-272 flex-wrap items-center gap-x-4 px-4 md:px-6">
            <span className="sr-only">{m.site.signedInAs(session.name)}</span>
            <span
              aria-hidden="true"
              className="inline-flex size-8 items-center justify-center rounded-input bg-tint text-note font-semibold text-green"
            >
              {initials(session.name)}
            </span>
            <a href={link(visit, '/me/appointments')} className="link inline-flex min-h-12 items-center">
              {m.site.myAppointments}
            </a>
            <form method="post" action={link(visit, '/sign-out')} className="ml-auto">
              <button type="submit" className="link min-h-12">
                {m.site.signOut}
              </button>
            </form>
          </div>
        </nav>
      ) : null}
    </header>
  );
}
