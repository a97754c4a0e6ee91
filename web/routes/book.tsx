import { listPatients } from '../../src/contract/me.ts';
import { appointmentPath } from '../features/appointments/appointment-path.ts';
import { ChoiceSummary } from '../features/booking/choice-summary.tsx';
import { ConfirmForm, type ConfirmInput, longestReason } from '../features/booking/confirm-form.tsx';
import { findAlternatives, findChoice, readOrder } from '../features/booking/find-choice.ts';
import { LostPlace } from '../features/booking/lost-place.tsx';
import { placeOrder } from '../features/booking/place-order.ts';
import { answerPage } from '../features/site/document.tsx';
import type { PageRoute } from '../lib/route-table.ts';
import { callAs, link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';
import { Alert, type FieldErrors } from '../ui/notices.tsx';

export const book: PageRoute = {
  path: '/book/:slug',
  get: async (visit, { slug = '' }) => {
    const input = { patientId: visit.query.get('patient') ?? '', reason: '', idempotencyKey: newKey() };
    return await showBooking(visit, slug, { input });
  },
  post: async (visit, { slug = '' }, form) => {
    const { session } = visit;
    if (!session) return askToSignIn(visit);
    const input = readInput(form);
    if (typed(form, 'only') === 'show') return await showBooking(visit, slug, { input });
    if (input.reason.length > longestReason) {
      const errors = { reason: visit.m.booking.reasonTooLong };
      return await showBooking(visit, slug, { input, errors, status: 422 });
    }
    const order = await readOrder(visit, slug, visit.query);
    if (!order) return await showBooking(visit, slug, { input, status: 422 });
    const result = await placeOrder(visit, session, { order, input });
    if ('appointment' in result) return seeOther(visit, link(visit, appointmentPath(result.appointment)));
    const { refusal } = result;
    const idempotencyKey = refusal.keepKey ? input.idempotencyKey : newKey();
    return await showBooking(visit, slug, { input: { ...input, idempotencyKey }, ...refusal });
  },
};

type Shown = {
  input: ConfirmInput;
  errors?: FieldErrors;
  status?: number;
  why?: string;
  lost?: { offered: readonly string[] } | null;
};

/** The place with its form; where it is gone, what else there is. */
async function showBooking(visit: Visit, slug: string, shown: Shown): Promise<Response> {
  const { m, session } = visit;
  const wanted = await findChoice(visit, slug, visit.query);
  const { choice } = wanted;
  if (!wanted.named) return seeOther(visit, link(visit, `/d/${slug}`));
  if (choice && !session) return askToSignIn(visit);
  const lost = shown.lost ?? (choice ? null : { offered: [] });
  const alternatives = lost
    ? await findAlternatives(visit, wanted, { query: visit.query, named: lost.offered })
    : [];
  const patients = session ? (await callAs(visit, session)(listPatients, {})).items : [];
  const failed = Boolean(lost || shown.why || shown.errors);
  return answerPage(
    visit,
    {
      title: choice ? m.booking.title : m.booking.chooseOther,
      status: shown.status ?? (lost ? 409 : 200),
      failed,
    },
    <>
      {choice ? null : <PageHeading>{m.booking.chooseOther}</PageHeading>}
      {lost ? (
        <LostPlace
          visit={visit}
          wanted={wanted}
          why={shown.why ?? m.booking.lost.slot_taken}
          alternatives={alternatives}
          input={shown.input}
        />
      ) : shown.why ? (
        <Alert heading={shown.why} />
      ) : null}
      {choice ? <PageHeading>{m.booking.heading}</PageHeading> : null}
      {choice ? (
        <Columns
          asideFirst
          aside={<ChoiceSummary visit={visit} choice={choice} />}
          main={
            <ConfirmForm
              visit={visit}
              choice={choice}
              patients={patients}
              input={shown.input}
              errors={shown.errors ?? {}}
            />
          }
        />
      ) : null}
    </>,
  );
}

/** To the sign-in with the address of the choice, which brings the visitor back. */
const askToSignIn = (visit: Visit): Response =>
  seeOther(visit, withQuery(link(visit, '/sign-in'), { next: visit.url.pathname + visit.url.search }));

const newKey = (): string => crypto.randomUUID();

function readInput(form: FormData): ConfirmInput {
  const key = typed(form, 'idempotencyKey');
  return {
    patientId: typed(form, 'patientId'),
    // Browsers send line ends as two characters and count them as one.
    reason: typed(form, 'reason').replace(/\r\n/g, '\n'),
    idempotencyKey: /^[\w-]{8,100}$/.test(key) ? key : newKey(),
  };
}
