import { register as registerUser } from '../../src/contract/auth.ts';
import { findNextChoice, nextPath } from '../features/account/next-choice.ts';
import {
  checkRegistration,
  explainRefusal,
  readRegistration,
  type RegisterInput,
} from '../features/account/read-registration.ts';
import { RegisterForm } from '../features/account/register-form.tsx';
import { AccountErrors } from '../features/account/sign-in-form.tsx';
import { ChoiceSummary } from '../features/booking/choice-summary.tsx';
import { answerPage } from '../features/site/document.tsx';
import { readLogin } from '../lib/phone.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { type OpenedSession, signIn } from '../lib/session.ts';
import { link, seeOther, type Visit } from '../lib/visit.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';
import type { FieldErrors } from '../ui/notices.tsx';

export const register: PageRoute = {
  path: '/register',
  get: (visit) =>
    visit.session
      ? seeOther(visit, nextPath(visit) ?? link(visit, '/me/appointments'))
      : showRegister(visit, { input: { fullName: '', mobile: '', email: '' }, errors: {}, status: 200 }),
  post: async (visit, _params, form) => {
    const input = readRegistration(form);
    const errors = checkRegistration(visit.m, input);
    if (Object.keys(errors).length > 0) return await showRegister(visit, { input, errors, status: 422 });
    const { fullName, password } = input;
    const mobile = input.mobile.trim();
    const email = input.email.trim();
    const enter = () =>
      signIn(visit.request, visit.call, { login: mobile ? readLogin(mobile) : email, password });
    try {
      const opened = await visit
        .call(registerUser, {
          body: {
            userType: 'patient',
            fullName,
            password,
            language: visit.language,
            ...(mobile ? { mobile } : {}),
            ...(email ? { email } : {}),
          },
        })
        .then(enter, (refused: unknown) => enterIfSentTwice(refused, enter));
      return seeOther(
        { ...visit, cookies: opened.cookies },
        nextPath(visit) ?? link(visit, '/me/appointments'),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status >= 500) throw error;
      const errors = explainRefusal(visit.m, refusal);
      return await showRegister(visit, { input, errors, status: refusal.status === 429 ? 429 : 422 });
    }
  },
};

/** A form pressed twice meets the account its first press has made; the password tells that it is this person's. */
async function enterIfSentTwice(
  refused: unknown,
  enter: () => Promise<OpenedSession>,
): Promise<OpenedSession> {
  const code = refusalOf(refused)?.code;
  if (code !== 'mobile_taken' && code !== 'email_taken') throw refused;
  try {
    return await enter();
  } catch (error) {
    throw refusalOf(error) ? refused : error;
  }
}

async function showRegister(
  visit: Visit,
  shown: { input: RegisterInput; errors: FieldErrors; status: number },
): Promise<Response> {
  const { m } = visit;
  const choice = await findNextChoice(visit);
  const title = choice ? m.account.registerToBook : m.account.registerTitle;
  return answerPage(
    visit,
    { title, status: shown.status, failed: shown.status !== 200 },
    <>
      <AccountErrors visit={visit} errors={shown.errors} />
      <PageHeading lead={choice ? m.account.kept : undefined}>{title}</PageHeading>
      <Columns
        asideFirst
        aside={choice ? <ChoiceSummary visit={visit} choice={choice} /> : null}
        main={<RegisterForm visit={visit} input={shown.input} errors={shown.errors} />}
      />
    </>,
  );
}
