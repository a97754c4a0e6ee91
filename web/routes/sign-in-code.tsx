import { requestOtp } from '../../src/contract/auth.ts';
import { homePath } from '../features/account/home-path.ts';
import { nextPath } from '../features/account/next-choice.ts';
import { codePages } from '../features/codes/code-steps.tsx';
import { signInByCode } from '../lib/session.ts';
import { link, seeOther } from '../lib/visit.ts';

/** Signing in with a code instead of a password. */
export const signInCode = codePages({
  path: '/sign-in/code',
  name: 'code-sign-in',
  words: (m) => ({
    title: m.codes.signInTitle,
    lead: m.codes.accountLead,
    sentLead: m.codes.sentLead,
    button: m.account.signIn,
    pending: m.account.signingIn,
  }),
  ask: (visit, login, key) =>
    visit.call(requestOtp, { body: { login, language: visit.language } }, { idempotencyKey: key }),
  finish: async (visit, { kept, code }) => {
    const opened = await signInByCode(visit.request, visit.call, { codeId: kept.codeId, code });
    return seeOther(
      { ...visit, cookies: [...visit.cookies, ...opened.cookies] },
      nextPath(visit) ?? link(visit, homePath(opened.session)),
    );
  },
  instead: (visit) =>
    visit.session ? seeOther(visit, nextPath(visit) ?? link(visit, homePath(visit.session))) : null,
});
