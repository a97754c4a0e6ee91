import type { Decision, StrandedAppointment } from '../../src/contract/changes.ts';

/** What somebody decided about each appointment so far, by its id. */
export type Decisions = ReadonlyMap<number, Decision>;

/** An appointment without a next place cannot move. */
export const mayDecide = ({ next }: StrandedAppointment, decision: Decision): boolean =>
  decision !== 'move' || next !== null;

/** One decision for all that can take it; the others keep theirs. */
export const decideAll = (
  decided: Decisions,
  stranded: readonly StrandedAppointment[],
  decision: Decision,
): Decisions =>
  new Map([
    ...decided,
    ...stranded.filter((each) => mayDecide(each, decision)).map(({ id }) => [id, decision] as const),
  ]);

/** What still holds after the preview was read anew: an appointment may be gone, or its next place taken. */
export const stillPossible = (decided: Decisions, stranded: readonly StrandedAppointment[]): Decisions =>
  new Map(
    stranded.flatMap((each) => {
      const decision = decided.get(each.id);
      return decision && mayDecide(each, decision) ? [[each.id, decision] as const] : [];
    }),
  );

/** Part of the change's query. Nothing is said about an appointment that nobody has seen: the server asks about it. */
export function decisionQuery(decided: Decisions): Partial<Record<Decision, string>> {
  const query: Partial<Record<Decision, string>> = {};
  for (const [id, decision] of decided)
    query[decision] = query[decision] === undefined ? String(id) : `${query[decision]},${id}`;
  return query;
}
