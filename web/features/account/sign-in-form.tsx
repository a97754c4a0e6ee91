import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorSummary, type FieldErrors } from '../../ui/notices.tsx';
import { nextPath } from './next-choice.ts';

/** Mobile number or e-mail, and the password. A password is never written back into the page. */
export function SignInForm(props: { visit: Visit; login: string; errors: FieldErrors }) {
  const { visit, login, errors } = props;
  const { m } = visit;
  const next = nextPath(visit);
  return (
    <div>
      <form
        method="post"
        action={withQuery(link(visit, '/sign-in'), { next })}
        noValidate
        data-drafts="sign-in"
        className="grid grid-cols-1 gap-5"
      >
        <TextField
          name="login"
          label={m.account.login}
          error={errors['login']}
          value={login}
          autoComplete="username"
          spellCheck={false}
          draft="keep"
        />
        <TextField
          name="password"
          label={m.account.password}
          error={errors['password']}
          type="password"
          autoComplete="current-password"
        />
        <div>
          <Button pending={m.account.signingIn} wide>
            {m.account.signIn}
          </Button>
        </div>
      </form>
      <ul className="mt-4">
        {(['/sign-in/code', '/password-reset', '/find'] as const).map((path) => (
          <li key={path}>
            <a
              href={withQuery(link(visit, path), { next })}
              className="link inline-flex min-h-12 items-center"
            >
              {m.codes.ways[path]}
            </a>
          </li>
        ))}
      </ul>
      <div className="mt-8 border-t border-hairline pt-6">
        <h2 className="mb-2 text-body">{m.account.newHere}</h2>
        <ButtonLink href={withQuery(link(visit, '/register'), { next })} look="secondary">
          {m.account.createAccount}
        </ButtonLink>
      </div>
    </div>
  );
}

/** Accounts of a demonstration, to copy from. */
export function DemoLogins({ visit }: { visit: Visit }) {
  const { m, context } = visit;
  if (context.demoLogins.length === 0) return null;
  const roles: Readonly<Record<string, string>> = m.account.roles;
  return (
    <section aria-labelledby="demo" className="border-t-2 border-green bg-white px-4 pt-3 pb-4">
      <h2 id="demo" className="text-body">
        {m.account.demo}
      </h2>
      <p className="mb-2 text-note text-quiet">{m.account.demoNote}</p>
      <dl>
        {context.demoLogins.map(({ who, login, password }) => (
          <div key={login} className="border-t border-hairline py-2">
            <dt className="text-quiet">{roles[who.toLowerCase()] ?? who}</dt>
            <dd lang="en" className="break-all">
              {login} · {password}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function AccountErrors({ visit, errors }: { visit: Visit; errors: FieldErrors }) {
  return <ErrorSummary heading={visit.m.site.problemHeading} errors={errors} />;
}
