import { z } from 'zod';
import type { Appointment } from '../../src/contract/appointments.ts';
import * as fields from '../../src/contract/fields.ts';
import { confirmGuest, createGuest, listGuestAppointments } from '../../src/contract/guests.ts';
import { AppointmentRow } from '../features/appointments/appointment-row.tsx';
import { codePages } from '../features/codes/code-steps.tsx';
import { answerPage } from '../features/site/document.tsx';
import { type Keep, readKept, withKept } from '../lib/kept.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, type Visit } from '../lib/visit.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Column, PageHeading, SectionHeading } from '../ui/layout.tsx';

const keptFound = z.object({
  sentTo: z.string(),
  /** Null: nobody without an account has the number. */
  guestToken: z.string().nullable(),
});
type Found = z.output<typeof keptFound>;

// Behind the form, so that the list of one number is not the next person's to see for long.
const keep: Keep<Found> = { name: 'found', schema: keptFound, seconds: 15 * 60 };

/** A guest finds what they have booked, by the number or e-mail they gave. */
export const find: PageRoute = codePages({
  path: '/find',
  name: 'code-find',
  words: (m) => ({
    title: m.codes.findTitle,
    lead: m.codes.findLead,
    sentLead: (to) => (to.includes('@') ? m.guest.codeLeadByMail(to) : m.guest.codeLead(to)),
    button: m.codes.findButton,
    pending: m.guest.confirming,
  }),
  ask: (visit, login, key) =>
    visit.call(
      createGuest,
      { body: { ...reachedBy(login), language: visit.language } },
      { idempotencyKey: key },
    ),
  finish: async (visit, { kept, code, key }) => {
    const { guestToken } = await visit.call(
      confirmGuest,
      { params: { codeId: kept.codeId }, body: { code } },
      { idempotencyKey: key },
    );
    return seeOther(withKept(visit, keep, { sentTo: kept.sentTo, guestToken }), link(visit, '/find/list'));
  },
});

export const findList: PageRoute = {
  path: '/find/list',
  get: async (visit) => {
    const found = readKept(visit, keep);
    const items = found && (await list(visit, found));
    return items
      ? showList(visit, found, items)
      : seeOther(withKept(visit, keep, null), link(visit, '/find'));
  },
  /** Another number. */
  post: async (visit) => seeOther(withKept(visit, keep, null), link(visit, '/find')),
};

/** Null when the token has ended. */
async function list(visit: Visit, { guestToken }: Found): Promise<readonly Appointment[] | null> {
  if (guestToken === null) return [];
  try {
    return (await visit.call(listGuestAppointments, {}, { guestToken })).items;
  } catch (error) {
    if (refusalOf(error)?.status !== 401) throw error;
    return null;
  }
}

function showList(visit: Visit, { sentTo }: Found, items: readonly Appointment[]): Response {
  const { m } = visit;
  return answerPage(
    visit,
    { title: m.codes.foundTitle },
    <Column>
      <PageHeading lead={items.length > 0 ? m.codes.foundLead(sentTo) : undefined}>
        {m.codes.foundTitle}
      </PageHeading>
      {items.length === 0 ? (
        <div className="grid grid-cols-1 justify-items-start gap-4 border-t border-hairline pt-4">
          <p>{m.codes.foundNone(sentTo)}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink href={link(visit, '/sign-in')}>{m.account.signIn}</ButtonLink>
            <ButtonLink href={link(visit, '/')} look="secondary">
              {m.site.findDoctor}
            </ButtonLink>
          </p>
        </div>
      ) : (
        <section aria-labelledby="found">
          <SectionHeading id="found">{m.codes.foundHeading}</SectionHeading>
          <ul className="border-t border-hairline">
            {items.map((one) => (
              <AppointmentRow key={one.id} visit={visit} appointment={one} />
            ))}
          </ul>
        </section>
      )}
      <form method="post" action={link(visit, '/find/list')} className="mt-6">
        <Button look="secondary">{m.codes.otherNumber}</Button>
      </form>
    </Column>,
  );
}

const reachedBy = (login: string): { mobile: string } | { email: string } =>
  fields.mobile.safeParse(login).success ? { mobile: login } : { email: login };
