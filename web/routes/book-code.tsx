import { confirmGuest, createGuest } from '../../src/contract/guests.ts';
import * as fields from '../../src/contract/fields.ts';
import type { ProblemBody } from '../../src/contract/problems.ts';
import { answerBooking } from '../features/booking/booking-page.tsx';
import { ChoiceSummary } from '../features/booking/choice-summary.tsx';
import {
  type ConfirmInput,
  emptyInput,
  newKey,
  readInput,
  readKey,
} from '../features/booking/confirm-input.ts';
import { findChoice, readOrder } from '../features/booking/find-choice.ts';
import { confirmFormId, HoldBox } from '../features/booking/hold-panel.tsx';
import { keepIfPossible } from '../features/booking/keep-place.ts';
import { guestDetails, type KeptGuest, readGuest, withGuest } from '../features/booking/kept-guest.ts';
import { isHoldOf, readHold, secondsLeft, toKept, withHold } from '../features/booking/kept-hold.ts';
import { CodeForm, type Resent } from '../features/codes/code-form.tsx';
import { askOnce, explainUnsent, isFresh, readCode, toSent } from '../features/codes/sent-code.ts';
import { answerPage } from '../features/site/document.tsx';
import { problemText } from '../lib/messages/catalogue.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';
import { ErrorSummary, type FieldErrors } from '../ui/notices.tsx';

/** A guest proves the number they can be reached at, between their name and the booking. */
export const bookCode: PageRoute = {
  path: '/book/:slug/code',
  get: (visit, { slug = '' }) => {
    const guest = readGuest(visit);
    if (visit.session || !guest || guest.guestToken) return seeOther(visit, pathOf(visit, slug));
    const resent = visit.query.get('resent') === 'sent' ? 'sent' : null;
    return showCode(visit, slug, { guest, resent });
  },
  post: async (visit, { slug = '' }, form) => {
    const guest = readGuest(visit);
    const act = typed(form, 'act');
    // Meanwhile signed in, elsewhere in this browser.
    if (visit.session) return seeOther(visit, pathOf(visit, slug));
    if (act === 'send') return await send(visit, slug, readInput(form));
    if (!guest) return seeOther(visit, pathOf(visit, slug, { guest: 'ended' }));
    if (act === 'change')
      return seeOther(guest.guestToken ? withGuest(visit, null) : visit, pathOf(visit, slug));
    if (act === 'resend') return await resend(visit, slug, guest);
    return await confirm(visit, slug, { guest, code: typed(form, 'code'), key: readKey(form, 'key') });
  },
};

async function send(visit: Visit, slug: string, input: ConfirmInput): Promise<Response> {
  const errors = checkDetails(visit, input);
  if (Object.keys(errors).length > 0) return await answerBooking(visit, slug, { input, errors, status: 422 });
  const { fullName, mobile, email } = input;
  const before = readGuest(visit);
  const same =
    before?.fullName === fullName && before.mobile === mobile && before.email === email && !before.guestToken;
  if (before && same && isFresh(visit, before)) return seeOther(visit, pathOf(visit, `${slug}/code`));
  try {
    const issued = await askOnce((key) => ask(visit, input, key), input.idempotencyKey);
    const guest = { fullName, mobile, email, ...toSent(visit, issued), guestToken: null };
    const kept = await keepWhileWaiting(visit, slug, input.holdKey);
    return seeOther(withGuest(kept, guest), pathOf(visit, `${slug}/code`));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500) throw error;
    const status = refusal.status === 429 ? 429 : 422;
    return await answerBooking(visit, slug, { input, errors: explainRefusal(visit, refusal, input), status });
  }
}

async function resend(visit: Visit, slug: string, guest: KeptGuest): Promise<Response> {
  if (isFresh(visit, guest)) return await showCode(visit, slug, { guest, resent: 'early' });
  try {
    const issued = await ask(visit, guest, newKey());
    return seeOther(
      withGuest(visit, { ...guest, ...toSent(visit, issued) }),
      pathOf(visit, `${slug}/code`, { resent: 'sent' }),
    );
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500) throw error;
    return await showCode(visit, slug, { guest, error: explainUnsent(visit.m, refusal) });
  }
}

async function confirm(
  visit: Visit,
  slug: string,
  given: { guest: KeptGuest; code: string; key: string },
): Promise<Response> {
  const { guest, key } = given;
  const code = readCode(given.code);
  if (code === null)
    return await showCode(visit, slug, { guest, code: given.code, error: visit.m.guest.codeMissing });
  try {
    const { guestToken } = await visit.call(
      confirmGuest,
      { params: { codeId: guest.codeId }, body: { code } },
      { idempotencyKey: key },
    );
    return seeOther(withGuest(visit, { ...guest, guestToken }), pathOf(visit, slug));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500) throw error;
    const text = problemText(visit.m, refusal.code);
    return await showCode(visit, slug, { guest, code: given.code, error: text });
  }
}

const ask = (visit: Visit, { fullName, mobile, email }: Details, key: string) =>
  visit.call(
    createGuest,
    { body: { fullName, ...(mobile.trim() ? { mobile } : { email }), language: visit.language } },
    { idempotencyKey: key },
  );

type Details = Pick<ConfirmInput, 'fullName' | 'mobile' | 'email'>;

/** Without script nothing has kept the place yet, and an SMS takes its time. Where it cannot be kept, the page says so. */
async function keepWhileWaiting(visit: Visit, slug: string, key: string): Promise<Visit> {
  const order = await readOrder(visit, slug, visit.query);
  const held = readHold(visit);
  if (!order || (held && isHoldOf(held, order) && secondsLeft(visit, held) > 0)) return visit;
  const hold = await keepIfPossible(visit, order, key);
  return hold ? withHold(visit, toKept(hold, order)) : visit;
}

/** What is wrong with the details by the contract's own rules, in the visitor's words, in the order of the form. */
function checkDetails({ m }: Visit, { fullName, mobile, email }: Details): FieldErrors {
  const { errors } = m.account;
  const byMail = mobile.trim() === '' && email.trim() !== '';
  return {
    ...(fields.line(100).safeParse(fullName).success ? {} : { fullName: m.who.nameMissing }),
    ...(byMail || fields.mobile.safeParse(mobile).success
      ? {}
      : { mobile: mobile.trim() === '' ? errors.mobileMissing : errors.mobile }),
    ...(!byMail || fields.email.safeParse(email).success ? {} : { email: errors.email }),
  };
}

function explainRefusal({ m }: Visit, refusal: ProblemBody, { mobile }: Details): FieldErrors {
  const field = mobile.trim() ? 'mobile' : 'email';
  if (refusal.code === 'invalid_input') return { [field]: m.guest.cannotSend };
  return { [field]: explainUnsent(m, refusal) };
}

async function showCode(
  visit: Visit,
  slug: string,
  shown: { guest: KeptGuest; code?: string; error?: string; resent?: Resent },
): Promise<Response> {
  const { m } = visit;
  const { guest, error } = shown;
  const { choice } = await findChoice(visit, slug, visit.query);
  if (!choice)
    return await answerBooking(visit, slug, { input: { ...emptyInput(), ...guestDetails(visit) } });
  const byMail = guest.sentTo.includes('@');
  return answerPage(
    visit,
    { title: m.guest.codeTitle, status: error ? 422 : 200, failed: error !== undefined },
    <>
      <ErrorSummary heading={m.site.problemHeading} errors={error ? { code: error } : {}} />
      <PageHeading lead={byMail ? m.guest.codeLeadByMail(guest.sentTo) : m.guest.codeLead(guest.sentTo)}>
        {m.guest.codeTitle}
      </PageHeading>
      <Columns
        aside={<ChoiceSummary visit={visit} choice={choice} />}
        main={
          <>
            <HoldBox visit={visit} choice={choice} holdKey={newKey()} />
            <CodeForm
              visit={visit}
              id={confirmFormId}
              action={pathOf(visit, `${slug}/code`)}
              sent={guest}
              typed={shown.code ?? ''}
              error={error}
              resent={shown.resent ?? null}
              button={m.guest.confirm}
              pending={m.guest.confirming}
            />
          </>
        }
      />
    </>,
  );
}

/** A page of this booking: the place stays in its address, what was said on the way does not. */
function pathOf(visit: Visit, below: string, more: Record<string, string> = {}): string {
  const { resent: _resent, guest: _guest, ...place } = Object.fromEntries(visit.query);
  return withQuery(link(visit, `/book/${below}`), { ...place, ...more });
}
