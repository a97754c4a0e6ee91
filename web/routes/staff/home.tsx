import { Link } from '@tanstack/react-router';
import { OverviewBoard } from '../../features/overview/overview.tsx';
import { Page } from '../../features/staff/page.tsx';
import { partsOf } from '../../features/staff/parts.ts';
import { inLanguage } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';

/** Where to go from here, by what somebody is. */
export function Home() {
  const { me, words, language } = useStaff();
  const { home, shell } = words;
  const texts: Readonly<Record<string, string>> = me.userType === 'patient' ? {} : home[me.userType];
  return (
    <Page title={home.title} lead={home.greeting(me.fullName)}>
      {me.userType === 'admin' ? <OverviewBoard /> : null}
      <ul className="max-w-160">
        {partsOf(me)
          .filter(({ name }) => name !== 'home')
          .map(({ name, to, icon: Icon }) => (
            <li key={name} className="flex items-start gap-4 border-t border-hairline py-3">
              <Icon aria-hidden="true" className="mt-1 size-6 shrink-0 text-green" />
              <div>
                <Link to={to} className="link inline-flex min-h-8 items-center font-semibold">
                  {shell.parts[name]}
                </Link>
                <p className="text-quiet">{texts[name]}</p>
              </div>
            </li>
          ))}
      </ul>
      {me.doctor?.approval === 'approved' ? (
        <p className="mt-4">
          <a
            href={inLanguage(language, `/d/${me.doctor.slug}`)}
            className="link inline-flex min-h-12 items-center"
          >
            {home.publicPage}
          </a>
        </p>
      ) : null}
    </Page>
  );
}
