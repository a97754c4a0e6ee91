import { link, type Visit } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Column, PageHeading } from '../../ui/layout.tsx';
import { answerPage } from './document.tsx';

const statuses = {
  notFound: 404,
  forbidden: 403,
  notAllowed: 403,
  busy: 429,
  unavailable: 503,
  broken: 500,
} as const;

export type Failure = keyof typeof statuses;

/** What stands where a page cannot: what happened, and a way on. */
export function answerFailure(visit: Visit, failure: Failure): Response {
  const { m } = visit;
  const { title, text } = m.failures[failure];
  const retry = failure === 'unavailable' || failure === 'broken' || failure === 'busy';
  return answerPage(
    visit,
    { title, status: statuses[failure] },
    <Column>
      <PageHeading lead={text}>{title}</PageHeading>
      {failure === 'broken' ? (
        <p className="mb-6 font-semibold break-all">{visit.context.requestId}</p>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {retry && visit.request.method !== 'POST' ? (
          <ButtonLink href={link(visit, visit.path) + visit.url.search}>{m.failures.again}</ButtonLink>
        ) : null}
        <ButtonLink href={link(visit, '/')} look="secondary">
          {m.failures.home}
        </ButtonLink>
      </div>
    </Column>,
  );
}
