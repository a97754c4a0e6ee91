import type { ReactNode } from 'react';
import { digits } from '../../lib/digits.ts';
import { wallDate } from '../../lib/times.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Alert } from '../../ui/notices.tsx';
import type { ConfirmInput } from './confirm-form.tsx';
import { type Choice, choiceQuery, type Wanted } from './find-choice.ts';

/** The place cannot be had: why, and the next three that can. What was filled in goes along to each of them. */
export function LostPlace(props: {
  visit: Visit;
  wanted: Wanted;
  why: string;
  alternatives: readonly Choice[];
  input: ConfirmInput;
}) {
  const { visit, wanted, why, alternatives, input } = props;
  const { m, language } = visit;
  const { slug } = wanted.doctor;
  const [first] = alternatives;
  return (
    <Alert heading={why}>
      <p>{first ? m.booking.alternatives : m.booking.noAlternatives}</p>
      <ul className="my-3 flex flex-wrap gap-2">
        {alternatives.map((choice) => {
          const serial = choice.serial
            ? `${m.booking.serial} ${digits(language, choice.serial.number)}, `
            : '';
          return (
            <li key={choice.startsAt}>
              <Alternative
                href={withQuery(link(visit, `/book/${slug}`), {
                  ...choiceQuery(choice),
                  patient: input.patientId,
                })}
                input={input}
              >
                {serial}
                {formatWhenInFull(visit, choice.startsAt)}
              </Alternative>
            </li>
          );
        })}
      </ul>
      <a
        href={withQuery(link(visit, `/d/${slug}`), {
          chamber: wanted.chamber ? String(wanted.chamber.id) : null,
          date: first ? wallDate(first.startsAt) : null,
        })}
        className="link inline-flex min-h-12 items-center"
      >
        {m.booking.seeAll}
      </a>
    </Alert>
  );
}

/** A link; but a reason that was written must not stand in an address, so then it travels in a form. */
function Alternative(props: { href: string; input: ConfirmInput; children: ReactNode }) {
  const { href, input, children } = props;
  if (input.reason === '')
    return (
      <ButtonLink href={href} look="secondary" rel="nofollow">
        {children}
      </ButtonLink>
    );
  return (
    <form method="post" action={href}>
      <input type="hidden" name="reason" value={input.reason} />
      <input type="hidden" name="patientId" value={input.patientId} />
      <input type="hidden" name="only" value="show" />
      <Button look="secondary">{children}</Button>
    </form>
  );
}
