import { CSPProvider } from '@base-ui/react/csp-provider';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, StrictMode, useMemo } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { getMe } from '../src/contract/me.ts';
import { getSettings } from '../src/contract/settings.ts';
import { NotReady } from './features/staff/dead-ends.tsx';
import { explainRead } from './features/staff/explain.ts';
import { readNotificationsAnew } from './features/notifications/queries.ts';
import type { Language } from './lib/language.ts';
import { inLanguage } from './lib/language.ts';
import type { StaffWords } from './lib/messages/staff/en.ts';
import { createStaffCall, createStaffDownload, createStaffUpload } from './lib/staff/api.ts';
import { type Staff, StaffProvider, useStaff } from './lib/staff/context.tsx';
import { createQueryClient } from './lib/staff/data.ts';
import { sendByFetch } from './lib/staff/send.ts';
import { useSettings } from './lib/staff/settings.ts';
import { createStaffSession, SignedOut, type StaffSession } from './lib/staff/session.ts';
import { listenForNews } from './lib/staff/stream.ts';
import { createStaffRouter } from './routes/staff/tree.tsx';
import { KitProvider } from './ui/kit.tsx';
import { ToastProvider } from './ui/toast.tsx';

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'bn';
const place = document.getElementById('app');
if (place) void start(place);

/** Who is signed in decides what there is to see, so that is asked before anything is drawn. */
async function start(place: HTMLElement): Promise<void> {
  const session = createStaffSession({
    post: ({ afresh }) =>
      sendByFetch({ method: 'POST', url: `/staff/session${afresh ? '?afresh=yes' : ''}`, headers: {} }),
    elapsed: () => performance.now(),
  });
  const call = createStaffCall(session);
  const download = createStaffDownload(session);
  const upload = createStaffUpload(session);
  const asked = Promise.all([call(getMe, {}), call(getSettings, {})]);
  // Waited for below; until then a refusal is nobody's fault.
  asked.catch(() => undefined);
  const words = await loadWords();
  try {
    const [{ user: me }, { settings }] = await asked;
    const staff: Staff = {
      call,
      download,
      upload,
      me,
      settings,
      language,
      words,
      signIn,
      today: () => todayBy(session),
    };
    const queries = draw(createRoot(empty(place)), staff);
    // A patient has messages on the patients' pages.
    if (me.userType !== 'patient') listen(session, queries);
  } catch (error) {
    if (error instanceof SignedOut) return signIn();
    const root = createRoot(empty(place));
    root.render(
      <NotReady
        words={words}
        text={explainRead(words, error).text}
        language={language}
        onRetry={() => window.location.reload()}
      />,
    );
  }
}

function draw(root: Root, staff: Staff): QueryClient {
  const queries = createQueryClient((error) => {
    if (error instanceof SignedOut) staff.signIn();
  });
  const router = createStaffRouter(language);
  root.render(
    <StrictMode>
      {/* The content security policy forbids inline styles. */}
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <StaffProvider value={staff}>
            <StaffKit>
              <ToastProvider>
                <RouterProvider router={router} />
              </ToastProvider>
            </StaffKit>
          </StaffProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
  return queries;
}

function StaffKit({ children }: { children: ReactNode }) {
  const { language, words, today } = useStaff();
  const { firstWeekday } = useSettings();
  const kit = useMemo(
    () => ({ language, texts: words.kit, today, firstWeekday }),
    [language, words, today, firstWeekday],
  );
  return <KitProvider value={kit}>{children}</KitProvider>;
}

const listen = (session: StaffSession, queries: QueryClient): void =>
  listenForNews({
    session,
    // Browsers before 2024 want the whole address.
    connect: (path) => new WebSocket(window.location.origin.replace(/^http/, 'ws') + path),
    wait: (milliseconds, then) => void setTimeout(then, milliseconds),
    onNews: () => void readNotificationsAnew(queries),
  });

async function loadWords(): Promise<StaffWords> {
  if (language === 'en') return (await import('./lib/messages/staff/en.ts')).en;
  return (await import('./lib/messages/staff/bn.ts')).bn;
}

function signIn(): void {
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ next: pathname + search });
  window.location.replace(`${inLanguage(language, '/sign-in')}?${query}`);
}

// The session is open before any screen asks.
const todayBy = (session: StaffSession): string => session.wallClock()?.slice(0, 10) ?? '';

function empty(place: HTMLElement): HTMLElement {
  place.replaceChildren();
  return place;
}
