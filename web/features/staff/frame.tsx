import { Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { inLanguage, splitLanguage } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useSiteName } from '../../lib/staff/settings.ts';
import { Bell } from '../notifications/bell.tsx';
import { SiteBar } from '../site/site-bar.tsx';
import { ForPatients, NotYours } from './dead-ends.tsx';
import { Rail, Tabs } from './navigation.tsx';

/** The frame of every screen: bar, rail or tabs, and the screen itself. */
export function Frame() {
  const { words, language, me } = useStaff();
  // Its value is not read: the browser's own address is, with the language in it, once the router says that it changed.
  useLocation();
  const { pathname, search } = window.location;
  const other = inLanguage(language === 'bn' ? 'en' : 'bn', splitLanguage(pathname).path) + search;
  const { shell } = words;
  const siteName = useSiteName();
  return (
    <>
      <a
        href="#main"
        data-block
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
        className="sr-only focus:not-sr-only focus:bg-focus focus:px-4 focus:py-3 focus:text-ink"
      >
        {shell.skip}
      </a>
      <header data-screen-only>
        <SiteBar
          home={inLanguage(language, '/staff')}
          name={siteName}
          tagline={shell.desk}
          language={language}
          otherLanguage={other}
          wide
        >
          {me.userType === 'patient' ? null : <Bell />}
        </SiteBar>
      </header>
      <Offline text={shell.offline} />
      <div className="flex grow">
        <Rail />
        <main
          id="main"
          tabIndex={-1}
          className="w-full max-w-272 min-w-0 grow px-4 pt-6 pb-28 md:px-8 md:pb-16"
        >
          <Screen />
        </main>
      </div>
      <Tabs />
    </>
  );
}

function Screen() {
  const { me } = useStaff();
  const allowed = useMatches({
    select: (matches) => matches.every(({ staticData }) => staticData.onlyFor?.includes(me.userType) ?? true),
  });
  if (me.userType === 'patient') return <ForPatients />;
  return allowed ? <Outlet /> : <NotYours />;
}

function Offline({ text }: { text: string }) {
  const online = useSyncExternalStore(listenToLine, () => navigator.onLine);
  return (
    <output className="block">
      {online ? null : <p className="bg-waiting-tint px-4 py-2 text-waiting md:px-8">{text}</p>}
    </output>
  );
}

function listenToLine(tell: () => void): () => void {
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}
