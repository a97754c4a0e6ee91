import { z } from 'zod';
import { confirmVerification, getMe, requestVerification } from '../../src/contract/me.ts';
import type { User } from '../../src/contract/users.ts';
import { newKey, readKey } from '../features/booking/confirm-input.ts';
import { CodeForm, type Resent } from '../features/codes/code-form.tsx';
import { askOnce, explainUnsent, isFresh, readCode, sentCode, toSent } from '../features/codes/sent-code.ts';
import { countUnread } from '../features/notifications/count-unread.ts';
import { answerPage } from '../features/site/document.tsx';
import { type Keep, readKept, withKept } from '../lib/kept.ts';
import { problemText } from '../lib/messages/catalogue.ts';
import { formatPhone } from '../lib/phone.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import type { Session } from '../lib/session.ts';
import { callAs, link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { Button } from '../ui/button.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';
import { ErrorSummary, type FieldErrors, Notice } from '../ui/notices.tsx';

const keptCode = z.object({ channel: z.enum(['sms', 'email']), ...sentCode });
type KeptCode = z.output<typeof keptCode>;
const keep: Keep<KeptCode> = { name: 'code-own', schema: keptCode, seconds: 30 * 60 };
const keeping = (visit: Visit, kept: KeptCode | null): Visit => withKept(visit, keep, kept);

const own = (visit: Visit, more: Record<string, string> = {}): string =>
  withQuery(link(visit, '/me/contacts'), more);
const signInFirst = (visit: Visit): Response =>
  seeOther(visit, withQuery(link(visit, '/sign-in'), { next: own(visit) }));

/** One's own number and e-mail, and the proof by a code that they are. */
export const myContacts: PageRoute = {
  path: '/me/contacts',
  get: async (visit) => {
    const { session } = visit;
    if (!session) return signInFirst(visit);
    const kept = readKept(visit, keep);
    if (!kept) return showContacts(visit, session);
    return showCode(visit, { kept, resent: visit.query.get('resent') === 'sent' ? 'sent' : null });
  },
  post: async (visit, _, form) => {
    const { session } = visit;
    if (!session) return signInFirst(visit);
    const kept = readKept(visit, keep);
    switch (typed(form, 'act')) {
      case 'send': {
        const channel = typed(form, 'channel') === 'email' ? 'email' : 'sms';
        if (kept?.channel === channel && isFresh(visit, kept)) return seeOther(visit, own(visit));
        return await send(visit, session, { channel, key: readKey(form, 'key') });
      }
      case 'resend':
        if (!kept) return showContacts(visit, session);
        if (isFresh(visit, kept)) return showCode(visit, { kept, resent: 'early' });
        return await send(visit, session, { channel: kept.channel, key: newKey(), resent: 'sent' });
      case 'confirm':
        if (!kept) return showContacts(visit, session);
        return await confirm(visit, session, { kept, code: typed(form, 'code') });
      default:
        return seeOther(keeping(visit, null), own(visit));
    }
  },
};

async function send(
  visit: Visit,
  session: Session,
  asked: { channel: KeptCode['channel']; key: string; resent?: 'sent' },
): Promise<Response> {
  const { channel, key, resent } = asked;
  try {
    const issued = await askOnce(
      (idempotencyKey) =>
        callAs(visit, session)(requestVerification, { body: { channel } }, { idempotencyKey }),
      key,
    );
    const next = own(visit, resent ? { resent } : {});
    return seeOther(keeping(visit, { channel, ...toSent(visit, issued) }), next);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500 || refusal.status === 401) throw error;
    return showContacts(visit, session, explainUnsent(visit.m, refusal));
  }
}

async function confirm(
  visit: Visit,
  session: Session,
  { kept, code: text }: { kept: KeptCode; code: string },
): Promise<Response> {
  const { m } = visit;
  const code = readCode(text);
  if (code === null) return showCode(visit, { kept, typed: text, error: m.guest.codeMissing });
  try {
    await callAs(visit, session)(confirmVerification, { body: { codeId: kept.codeId, code } });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500 || refusal.status === 401) throw error;
    return showCode(visit, { kept, typed: text, error: problemText(m, refusal.code) });
  }
  return seeOther(keeping(visit, null), own(visit, { confirmed: 'yes' }));
}

async function showContacts(visit: Visit, session: Session, refusal?: string): Promise<Response> {
  const { m } = visit;
  const [{ user }, unread] = await Promise.all([
    callAs(visit, session)(getMe, {}),
    countUnread(visit, session),
  ]);
  const errors: FieldErrors = refusal ? { contacts: refusal } : {};
  return answerPage(
    visit,
    { title: m.contacts.title, status: refusal ? 422 : 200, failed: refusal !== undefined, unread },
    <Column>
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={m.contacts.lead}>{m.contacts.title}</PageHeading>
      {visit.query.has('confirmed') ? (
        <output className="mb-6 block">
          <Notice tone="done">{m.contacts.done}</Notice>
        </output>
      ) : null}
      <ul id="field-contacts" tabIndex={-1} className="border-t border-hairline">
        {contactsOf(user).map((contact) => (
          <li
            key={contact.channel}
            className="flex flex-wrap items-center justify-between gap-3 border-b border-hairline py-4"
          >
            <div className="min-w-0">
              <p className="font-semibold break-all">{contact.text}</p>
              <p className={contact.verified ? 'text-green-pressed' : 'text-waiting'}>
                {contact.verified ? m.contacts.verified : m.contacts.unverified}
              </p>
            </div>
            {contact.verified ? null : (
              <form method="post" action={own(visit)}>
                <input type="hidden" name="act" value="send" />
                <input type="hidden" name="channel" value={contact.channel} />
                <input type="hidden" name="key" value={newKey()} />
                <Button look="secondary" label={m.contacts.sendTo(contact.text)} pending={m.guest.sending}>
                  {m.guest.send}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-4">
        <a href={link(visit, '/me/messages/settings')} className="link inline-flex min-h-12 items-center">
          {m.told.settings}
        </a>
      </p>
    </Column>,
  );
}

type Contact = { channel: KeptCode['channel']; text: string; verified: boolean };

const contactsOf = (user: User): Contact[] => [
  ...(user.mobile === null
    ? []
    : [{ channel: 'sms' as const, text: formatPhone(user.mobile), verified: user.mobileVerified }]),
  ...(user.email === null
    ? []
    : [{ channel: 'email' as const, text: user.email, verified: user.emailVerified }]),
];

function showCode(
  visit: Visit,
  shown: { kept: KeptCode; typed?: string; error?: string; resent?: Resent },
): Response {
  const { m } = visit;
  const { kept, error } = shown;
  const errors: FieldErrors = error ? { code: error } : {};
  return answerPage(
    visit,
    { title: m.contacts.codeTitle, status: error ? 422 : 200, failed: error !== undefined },
    <Column>
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={m.contacts.codeLead(kept.sentTo)}>{m.contacts.codeTitle}</PageHeading>
      <CodeForm
        visit={visit}
        action={own(visit)}
        sent={kept}
        typed={shown.typed ?? ''}
        error={error}
        resent={shown.resent ?? null}
        button={m.guest.confirm}
        pending={m.guest.confirming}
        back={m.contacts.back}
      />
    </Column>,
  );
}
