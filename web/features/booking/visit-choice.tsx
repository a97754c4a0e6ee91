import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { type Choice, choiceQuery } from './find-choice.ts';

/**
 * The kinds of visit where there are several, as the first part of the form that books: choosing one shows the page for
 * it, with all that was filled in. Before them stands what the Enter key presses.
 */
export function VisitChoice({ visit, choice }: { visit: Visit; choice: Choice }) {
  const { m, language } = visit;
  const { chamber, visitType, doctor } = choice;
  if (chamber.visitTypes.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{m.details.visitType}</legend>
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-3">
        {chamber.visitTypes.map((type) => {
          const current = type.id === visitType.id;
          return (
            <button
              key={type.id}
              type="submit"
              name="only"
              value="show"
              formAction={withQuery(link(visit, `/book/${doctor.slug}`), {
                ...choiceQuery(choice),
                visit: type.kind,
              })}
              aria-pressed={current}
              className={`pressable flex min-h-12 flex-wrap items-baseline gap-x-2 rounded-input border-2 px-3 py-2 text-left sm:flex-col sm:flex-nowrap sm:items-start ${current ? 'border-green bg-tint' : 'border-edge bg-white hover:border-green hover:bg-tint'}`}
            >
              <span className="font-semibold">{m.doctor.visitTypes[type.kind]} </span>
              <span className="whitespace-nowrap">{formatMoney(language, type.fee)} </span>
              {type.windowDays === null ? null : (
                <span className="block w-full text-note text-quiet">
                  {m.details.visitTypeWindow(digits(language, type.windowDays))}
                </span>
              )}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
