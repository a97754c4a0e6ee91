/** The middle value; the lower of the two middle ones when their number is even. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest rank: the smallest value that `percent` of all do not exceed. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Runs every side once a round, each round in the other order, so that drift of the machine hits all alike. */
export async function interleave<Round>(
  rounds: number,
  sides: readonly (() => Promise<Round>)[],
): Promise<Round[][]> {
  const results: Round[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = [...sides.keys()];
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const side = sides[index];
      if (side) results[index]?.push(await side());
    }
  }
  return results;
}

/** The median of the rounds' own ratios. */
export const medianRatio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
