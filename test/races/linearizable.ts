/**
 * One thing that was done to a register, with when it was asked and when answered by one clock. `apply` answers the state
 * after it, or null when it could not have been answered so in the state before.
 */
export type Operation<State> = {
  asked: number;
  answered: number;
  apply: (before: State) => State | null;
};

/**
 * Whether the operations on one register can be put in an order that agrees with every answer and in which nothing comes
 * before what had been answered when it was asked: the search of Wing and Gong, which remembers the pairs of what is done
 * and state that led nowhere (Lowe). States are compared as they are, so they must be plain values.
 */
export function isLinearizable<State extends string | number | boolean | null>(
  operations: readonly Operation<State>[],
  initial: State,
): boolean {
  const inOrder = operations.toSorted((a, b) => a.asked - b.asked);
  const vain = new Set<string>();
  // Everything before `from` is done; `ahead` are those done after it.
  type Point = { from: number; ahead: readonly number[]; state: State };
  const open: Point[] = [{ from: 0, ahead: [], state: initial }];
  for (;;) {
    const point = open.pop();
    if (!point) return false;
    const { from, ahead, state } = point;
    if (from === inOrder.length) return true;
    const name = `${from} ${ahead.join(',')} ${String(state)}`;
    if (vain.has(name)) continue;
    vain.add(name);
    for (const index of candidates(inOrder, { from, ahead })) {
      const after = inOrder[index]?.apply(state) ?? null;
      if (after !== null) open.push({ ...advance({ from, ahead }, index), state: after });
    }
  }
}

/** Those that may come next: asked before any other that is left was answered. */
function candidates(
  inOrder: readonly Pick<Operation<never>, 'asked' | 'answered'>[],
  { from, ahead }: { from: number; ahead: readonly number[] },
): number[] {
  const found: number[] = [];
  let firstAnswer = Number.POSITIVE_INFINITY;
  for (let index = from; index < inOrder.length; index++) {
    const operation = inOrder[index];
    if (!operation || operation.asked > firstAnswer) break;
    if (ahead.includes(index)) continue;
    found.push(index);
    firstAnswer = Math.min(firstAnswer, operation.answered);
  }
  return found;
}

function advance({ from, ahead }: { from: number; ahead: readonly number[] }, index: number) {
  const done = [...ahead, index].toSorted((a, b) => a - b);
  let next = from;
  while (done[0] === next) {
    done.shift();
    next += 1;
  }
  return { from: next, ahead: done };
}
