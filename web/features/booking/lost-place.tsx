import type { ReactNode } from 'react';
import { digits } from '../../lib/digits.ts';
import { wallDate } from '../../lib/times.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Alert } from '../../ui/notices.tsx';
import { carriedFields, type ConfirmInput } from './confirm-input.ts';
import { type Choice, choiceQuery, type Wanted } from './find-choice.ts';

/**
 * The place cannot be had: why, and the next three that can. What was filled in goes along to each of them; without
 * `input` it still stands in the page's own form, and the script brings it.
 */
export function LostPlace(props: {
  visit: Visit;
  wanted: Wanted;
  why: string;
  alternatives: readonly Choice[];
  input: ConfirmInput | null;
  /** Where else than to a booking the places and the rest of them lead. */
  pages?: { hrefOf: (choice: Choice) => string; all: (date: string | null) => string };
}) {
  const { visit, wanted, why, alternatives, input } = props;
  const { m, language } = visit;
  const { slug } = wanted.doctor;
  const [first] = alternatives;
  const pages = props.pages ?? {
    hrefOf: (choice) => withQuery(link(visit, `/book/${slug}`), choiceQuery(choice)),
    all: (date) =>
      withQuery(link(visit, `/d/${slug}`), {
        chamber: wanted.chamber ? String(wanted.chamber.id) : null,
        date,
      }),
  };
  return (
    <Alert heading={why}>
      <p>{first ? m.booking.alternatives : m.booking.noAlternatives}</p>
      <ul className="my-3 flex flex-wrap gap-2" data-carry={input ? undefined : ''}>
        {alternatives.map((choice) => {
          const serial = choice.serial
            ? `${m.booking.serial} ${digits(language, choice.serial.number)}, `
            : '';
          return (
            <li key={choice.startsAt}>
              <Alternative href={pages.hrefOf(choice)} input={input}>
                {serial}
                {formatWhenInFull(visit, choice.startsAt)}
              </Alternative>
            </li>
          );
        })}
      </ul>
      <a
        href={pages.all(first ? wallDate(first.startsAt) : null)}
        className="link inline-flex min-h-12 items-center"
      >
        {m.booking.seeAll}
      </a>
    </Alert>
  );
}

/** A link; but what was written must not stand in an address, so then it travels in a form. */
function Alternative(props: { href: string; input: ConfirmInput | null; children: ReactNode }) {
  const { href, input, children } = props;
  const fields = input ? carriedFields(input) : [];
  if (fields.every(([name]) => name === 'patientId'))
    return (
      <ButtonLink href={withJoined(href, Object.fromEntries(fields))} look="secondary" rel="nofollow">
        {children}
      </ButtonLink>
    );
  return (
    <form method="post" action={href}>
      {fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="only" value="show" />
      <Button look="secondary">{children}</Button>
    </form>
  );
}

const withJoined = (href: string, { patientId }: Record<string, string>): string =>
  patientId && patientId !== 'new' ? `${href}&${new URLSearchParams({ patient: patientId })}` : href;
