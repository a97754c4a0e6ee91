/**
 * Works on what is added, many together: what comes while a batch is worked on makes the next, so that the more there is
 * to do, the less each costs, and one alone waits for nothing. One batch at a time: nothing is in two, and what is added
 * again meanwhile comes again. `work` must not throw.
 */
export function inBatches<Item>(most: number, work: (batch: Item[]) => Promise<void>): (item: Item) => void {
  const waiting = new Set<Item>();
  let working = false;
  const workOnAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const batch = waiting.values().take(most).toArray();
      for (const item of batch) waiting.delete(item);
      await work(batch);
    }
    working = false;
  };
  return (item) => {
    waiting.add(item);
    if (working) return;
    working = true;
    // What is added in the same moment belongs together.
    setImmediate(() => void workOnAll());
  };
}
