import { link, siteName, type Visit } from '../../lib/visit.ts';
import { digits } from '../../lib/digits.ts';
import { initials } from '../../lib/names.ts';
import { barLink, SiteBar } from './site-bar.tsx';

/** Name of the place, language, and the way in. */
export function SiteHeader(props: { visit: Visit; otherLanguage: string; unread: number }) {
  const { visit, otherLanguage, unread } = props;
  const { m, session, language } = visit;
  const staff = session !== null && session.userType !== 'patient';
  return (
    <header data-screen-only>
      <SiteBar
        home={link(visit, '/')}
        name={siteName(visit)}
        tagline={m.site.tagline}
        language={language}
        otherLanguage={otherLanguage}
      >
        {session ? null : (
          <a href={link(visit, '/sign-in')} className={barLink}>
            {m.site.signIn}
          </a>
        )}
      </SiteBar>
      {session ? (
        <nav aria-label={m.site.account} data-signed-in className="border-b border-hairline bg-white">
          <div className="relative mx-auto flex w-full max-w-272 flex-wrap items-center gap-x-4 px-4 md:px-6">
            <span className="sr-only">{m.site.signedInAs(session.name)}</span>
            <span
              aria-hidden="true"
              className="hidden size-8 items-center justify-center rounded-input bg-tint text-note font-semibold text-green sm:inline-flex"
            >
              {initials(session.name)}
            </span>
            <a
              href={link(visit, staff ? '/staff' : '/me/appointments')}
              className="link inline-flex min-h-12 items-center"
            >
              {staff ? m.site.desk : m.site.myAppointments}
            </a>
            {staff ? null : (
              <a href={link(visit, '/me/messages')} className="link inline-flex min-h-12 items-center gap-2">
                <span className="sr-only">{m.told.link(digits(language, unread))}</span>
                <span aria-hidden="true">{m.told.title}</span>
                {unread > 0 ? (
                  <span
                    aria-hidden="true"
                    data-unread
                    className="min-w-6 rounded-input bg-focus px-1 text-center text-note font-semibold text-ink tabular-nums"
                  >
                    {digits(language, unread)}
                  </span>
                ) : null}
              </a>
            )}
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
