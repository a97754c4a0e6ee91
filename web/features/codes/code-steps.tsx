import type { ReactNode } from 'react';
import { z } from 'zod';
import type { IssuedCode } from '../../../src/contract/codes.ts';
import * as fields from '../../../src/contract/fields.ts';
import type { ProblemBody } from '../../../src/contract/problems.ts';
import { type Keep, readKept, withKept } from '../../lib/kept.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import type { Messages } from '../../lib/messages/en.ts';
import { refusalOf } from '../../lib/refusal.ts';
import type { PageRoute } from '../../lib/route-table.ts';
import { link, seeOther, typed, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Columns, PageHeading } from '../../ui/layout.tsx';
import { ErrorSummary, type FieldErrors } from '../../ui/notices.tsx';
import { nextPath } from '../account/next-choice.ts';
import { newKey, readKey } from '../booking/confirm-input.ts';
import { answerPage } from '../site/document.tsx';
import { CodeForm, type Resent } from './code-form.tsx';
import { askOnce, explainUnsent, isFresh, readCode, sentCode, toSent } from './sent-code.ts';

const keptCode = z.object({ login: z.string(), ...sentCode });
type KeptCode = z.output<typeof keptCode>;

/** What one page does with a mobile number or e-mail and a code to it. */
export type CodeSteps = {
  path: string;
  /** Of the cookie that leads from the first step to the second. */
  name: string;
  words: (m: Messages) => {
    title: string;
    lead: string;
    sentLead: (to: string) => string;
    button: string;
    pending: string;
  };
  ask: (visit: Visit, login: string, key: string) => Promise<IssuedCode>;
  /** Besides the code. */
  fields?: (visit: Visit, errors: FieldErrors) => ReactNode;
  check?: (m: Messages, form: FormData) => FieldErrors;
  /** What the right code leads to. Refusals are thrown as `ApiProblem`. */
  finish: (
    visit: Visit,
    given: { kept: KeptCode; code: string; key: string; form: FormData },
  ) => Promise<Response>;
  /** A refusal of another field than the code; null where it is about the code. */
  explain?: (m: Messages, refusal: ProblemBody) => FieldErrors | null;
  /** Answers instead of the first step where there is nothing to ask. */
  instead?: (visit: Visit) => Promise<Response> | Response | null;
};

/** A page of two steps, the number and then the code, each a form that works without script. */
export function codePages(steps: CodeSteps): PageRoute {
  const keep: Keep<KeptCode> = { name: steps.name, schema: keptCode, seconds: 30 * 60 };
  const keeping = (visit: Visit, kept: KeptCode | null): Visit => withKept(visit, keep, kept);
  const own = (visit: Visit, more: Record<string, string> = {}): string =>
    withQuery(link(visit, steps.path), { next: nextPath(visit), ...more });

  const send = async (visit: Visit, form: FormData): Promise<Response> => {
    const login = typed(form, 'login');
    if (!fields.reachedAt.safeParse(login).success)
      return showFirst(visit, { login, error: visit.m.account.errors.login });
    const before = readKept(visit, keep);
    if (before?.login === login && isFresh(visit, before)) return seeOther(visit, own(visit));
    try {
      const issued = await askOnce((key) => steps.ask(visit, login, key), readKey(form, 'key'));
      return seeOther(keeping(visit, { login, ...toSent(visit, issued) }), own(visit));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status >= 500) throw error;
      const text =
        refusal.code === 'invalid_input' ? visit.m.guest.cannotSend : explainUnsent(visit.m, refusal);
      return showFirst(visit, { login, error: text });
    }
  };

  const resend = async (visit: Visit, kept: KeptCode): Promise<Response> => {
    if (isFresh(visit, kept)) return showSecond(visit, { kept, resent: 'early' });
    try {
      const issued = await steps.ask(visit, kept.login, newKey());
      const again = keeping(visit, { ...kept, ...toSent(visit, issued) });
      return seeOther(again, own(visit, { resent: 'sent' }));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status >= 500) throw error;
      return showSecond(visit, { kept, errors: { code: explainUnsent(visit.m, refusal) } });
    }
  };

  const confirm = async (visit: Visit, kept: KeptCode, form: FormData): Promise<Response> => {
    const { m } = visit;
    const code = readCode(typed(form, 'code'));
    const errors = {
      ...(code === null ? { code: m.guest.codeMissing } : {}),
      ...steps.check?.(m, form),
    };
    const shown = { kept, code: typed(form, 'code') };
    if (code === null || Object.keys(errors).length > 0) return showSecond(visit, { ...shown, errors });
    try {
      return await steps.finish(keeping(visit, null), { kept, code, key: readKey(form, 'key'), form });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status >= 500) throw error;
      const errors = steps.explain?.(m, refusal) ?? { code: problemText(m, refusal.code) };
      return showSecond(visit, { ...shown, errors });
    }
  };

  const showFirst = (visit: Visit, shown: { login: string; error?: string }): Response => {
    const { m } = visit;
    const words = steps.words(m);
    const errors: FieldErrors = shown.error ? { login: shown.error } : {};
    return show(visit, {
      title: words.title,
      lead: words.lead,
      errors,
      main: (
        <form
          method="post"
          action={own(visit)}
          noValidate
          data-drafts="sign-in"
          className="grid grid-cols-1 gap-5"
        >
          <input type="hidden" name="act" value="send" />
          <input type="hidden" name="key" value={newKey()} />
          <TextField
            name="login"
            label={m.account.login}
            error={shown.error}
            value={shown.login}
            autoComplete="username"
            spellCheck={false}
            draft="keep"
            narrow
          />
          <div>
            <Button pending={m.guest.sending} wide>
              {m.guest.send}
            </Button>
          </div>
        </form>
      ),
    });
  };

  const showSecond = (
    visit: Visit,
    shown: { kept: KeptCode; code?: string; errors?: FieldErrors; resent?: Resent },
  ): Response => {
    const { m } = visit;
    const words = steps.words(m);
    const { kept, errors = {} } = shown;
    return show(visit, {
      title: words.title,
      lead: words.sentLead(kept.sentTo),
      errors,
      main: (
        <CodeForm
          visit={visit}
          action={own(visit)}
          sent={kept}
          typed={shown.code ?? ''}
          error={errors['code']}
          resent={shown.resent ?? null}
          button={words.button}
          pending={words.pending}
        >
          {steps.fields?.(visit, errors)}
        </CodeForm>
      ),
    });
  };

  return {
    path: steps.path,
    get: (visit) => {
      const instead = steps.instead?.(visit);
      if (instead) return instead;
      const kept = readKept(visit, keep);
      const resent = visit.query.get('resent') === 'sent' ? 'sent' : null;
      return kept ? showSecond(visit, { kept, resent }) : showFirst(visit, { login: '' });
    },
    post: async (visit, _params, form) => {
      const act = typed(form, 'act');
      if (act === 'send') return await send(visit, form);
      const kept = readKept(visit, keep);
      if (!kept) return showFirst(visit, { login: '' });
      if (act === 'change') return showFirst(keeping(visit, null), { login: kept.login });
      if (act === 'resend') return await resend(visit, kept);
      return await confirm(visit, kept, form);
    },
  };
}

function show(
  visit: Visit,
  page: { title: string; lead: string; errors: FieldErrors; main: ReactNode },
): Response {
  const failed = Object.keys(page.errors).length > 0;
  return answerPage(
    visit,
    { title: page.title, status: failed ? 422 : 200, failed },
    <>
      <ErrorSummary heading={visit.m.site.problemHeading} errors={page.errors} />
      <PageHeading lead={page.lead}>{page.title}</PageHeading>
      <Columns main={page.main} aside={null} />
    </>,
  );
}
