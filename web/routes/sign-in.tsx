import { homePath } from '../features/account/home-path.ts';
import { findNextChoice, nextPath } from '../features/account/next-choice.ts';
import { AccountErrors, DemoLogins, SignInForm } from '../features/account/sign-in-form.tsx';
import { ChoiceSummary } from '../features/booking/choice-summary.tsx';
import { answerPage } from '../features/site/document.tsx';
import { problemText } from '../lib/messages/catalogue.ts';
import { readLogin } from '../lib/phone.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { signIn as openSignIn } from '../lib/session.ts';
import { link, seeOther, typed, type Visit } from '../lib/visit.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';
import type { FieldErrors } from '../ui/notices.tsx';

export const signIn: PageRoute = {
  path: '/sign-in',
  get: (visit) =>
    visit.session
      ? seeOther(visit, nextPath(visit) ?? link(visit, homePath(visit.session)))
      : showSignIn(visit, { login: '', errors: {}, status: 200 }),
  post: async (visit, _params, form) => {
    const { m } = visit;
    const login = typed(form, 'login');
    const password = typed(form, 'password');
    const errors = {
      ...(login.trim() ? {} : { login: m.account.errors.login }),
      ...(password ? {} : { password: m.account.errors.passwordMissing }),
    };
    if (Object.keys(errors).length > 0) return await showSignIn(visit, { login, errors, status: 422 });
    try {
      const opened = await openSignIn(visit.request, visit.call, { login: readLogin(login), password });
      return seeOther(
        { ...visit, cookies: opened.cookies },
        nextPath(visit) ?? link(visit, homePath(opened.session)),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status >= 500) throw error;
      const { code } = refusal;
      const text =
        code === 'wrong_credentials' || code === 'invalid_input'
          ? m.account.errors.wrong
          : problemText(m, code);
      const status = refusal.status === 429 ? 429 : 422;
      return await showSignIn(visit, { login, errors: { login: text }, status });
    }
  },
};

async function showSignIn(
  visit: Visit,
  shown: { login: string; errors: FieldErrors; status: number },
): Promise<Response> {
  const { m } = visit;
  const choice = await findNextChoice(visit);
  const title = choice ? m.account.signInToBook : m.account.signInTitle;
  return answerPage(
    visit,
    { title, status: shown.status, failed: shown.status !== 200 },
    <>
      <AccountErrors visit={visit} errors={shown.errors} />
      <PageHeading lead={choice ? m.account.kept : undefined}>{title}</PageHeading>
      <Columns
        asideFirst={choice !== null}
        aside={choice ? <ChoiceSummary visit={visit} choice={choice} /> : <DemoLogins visit={visit} />}
        main={
          <div className="grid grid-cols-1 gap-10">
            <SignInForm visit={visit} login={shown.login} errors={shown.errors} />
            {choice ? <DemoLogins visit={visit} /> : null}
          </div>
        }
      />
    </>,
  );
}
