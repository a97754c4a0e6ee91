import type { ProblemCode } from '../src/contract/problems.ts';
import type { PageContext, RenderPage, RenderRefusal } from '../src/contract/web.ts';
import { answerFailure, type Failure } from './features/site/failure-page.tsx';
import { isOwnForm } from './lib/form-origin.ts';
import { refusalOf } from './lib/refusal.ts';
import { findRoute, type PageRoute } from './lib/route-table.ts';
import { endSession, openSession } from './lib/session.ts';
import { beginVisit, link, seeOther, type Visit, withQuery } from './lib/visit.ts';
import { appointment, appointmentCalendar } from './routes/appointment.tsx';
import { book } from './routes/book.tsx';
import { bookCode } from './routes/book-code.tsx';
import { bookHold } from './routes/book-hold.tsx';
import { cancel } from './routes/cancel.tsx';
import { doctor } from './routes/doctor.tsx';
import { doctors } from './routes/doctors.tsx';
import { find, findList } from './routes/find.tsx';
import { home } from './routes/home.tsx';
import { myAppointments } from './routes/my-appointments.tsx';
import { myChoices } from './routes/my-choices.tsx';
import { myContacts } from './routes/my-contacts.tsx';
import { myMessages } from './routes/my-messages.tsx';
import { passwordReset } from './routes/password-reset.tsx';
import { register } from './routes/register.tsx';
import { reschedule } from './routes/reschedule.tsx';
import { signIn } from './routes/sign-in.tsx';
import { signInCode } from './routes/sign-in-code.tsx';
import { signOut } from './routes/sign-out.ts';
import { favicon, robots } from './routes/site-files.tsx';
import { staffSession } from './routes/staff-session.ts';
import { staffShell } from './routes/staff-shell.tsx';
import { wait } from './routes/wait.tsx';
import { waiting } from './routes/waiting.tsx';

const routes: readonly PageRoute[] = [
  home,
  doctors,
  doctor,
  book,
  bookHold,
  bookCode,
  signIn,
  signInCode,
  passwordReset,
  find,
  findList,
  register,
  signOut,
  appointment,
  appointmentCalendar,
  cancel,
  reschedule,
  myAppointments,
  myMessages,
  myChoices,
  myContacts,
  wait,
  waiting,
  staffSession,
  staffShell,
  favicon,
  robots,
];

/** Every page of the site: whole HTML that works without scripts. */
export const renderPage: RenderPage = async (request, context) => {
  const stranger = beginVisit(request, context, { session: null, cookies: [] });
  // Before the session is opened: a foreign form must not even refresh it.
  if (request.method === 'POST' && !isOwnForm(request)) return answerFailure(stranger, 'forbidden');
  const found = findRoute(
    routes,
    stranger.path.length > 1 ? stranger.path.replace(/\/$/, '') : stranger.path,
  );
  let visit = stranger;
  try {
    if (!found?.route.sessionless)
      visit = beginVisit(request, context, await openSession(request, context.call));
    return await answer(visit, found);
  } catch (error) {
    return explain(visit, context, error);
  }
};

/** The page that stands where a request was refused before any page could answer it. */
export const renderRefusal: RenderRefusal = (request, context, { code, status }) =>
  answerFailure(beginVisit(request, context, { session: null, cookies: [] }), failureOf(code, status));

async function answer(visit: Visit, found: ReturnType<typeof findRoute>): Promise<Response> {
  const { request } = visit;
  if (!found) return answerFailure(visit, 'notFound');
  if (request.method === 'GET' || request.method === 'HEAD')
    return await found.route.get(visit, found.params);
  if (request.method !== 'POST' || !found.route.post) return answerFailure(visit, 'notFound');
  const form = await readForm(request);
  return form ? await found.route.post(visit, found.params, form) : answerFailure(visit, 'forbidden');
}

/** Null for a body that no form of ours sends; an empty one may come without its type. */
async function readForm(request: Request): Promise<FormData | null> {
  const type = request.headers.get('content-type');
  if (type?.startsWith('application/x-www-form-urlencoded')) return await request.formData();
  return type === null && (await request.text()) === '' ? new FormData() : null;
}

function explain(visit: Visit, context: PageContext, error: unknown): Response {
  const refusal = refusalOf(error);
  if (!refusal) {
    context.onError(error);
    return answerFailure(visit, 'broken');
  }
  const { code, status } = refusal;
  if (code === 'not_signed_in' || code === 'token_expired') {
    const next = visit.url.pathname + visit.url.search;
    return seeOther(
      { ...visit, session: null, cookies: endSession(visit.request) },
      withQuery(link(visit, '/sign-in'), { next }),
    );
  }
  if (status >= 500 && code !== 'unavailable') context.onError(error);
  return answerFailure(visit, failureOf(code, status));
}

function failureOf(code: ProblemCode, status: number): Failure {
  if (code === 'unavailable') return 'unavailable';
  if (code === 'too_many_requests') return 'busy';
  if (status === 403) return 'notAllowed';
  // What an address names badly is not there.
  return status >= 500 ? 'broken' : 'notFound';
}
