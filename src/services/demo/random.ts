/** Numbers that only look random: the same seed gives the same demonstration. */
export type Random = {
  /** 0 to just below 1. */
  fraction(): number;
  /** A whole number, both bounds included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** By weight; an item of weight 0 is never picked. */
  pickWeighted<Item>(items: readonly Item[], weight: (item: Item) => number): Item;
};

/** The generator mulberry32: one word of state, plenty for inventing people. */
export function createRandom(seed: number): Random {
  let state = seed;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    whole,
    chance: (probability) => fraction() < probability,
    pick(items) {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    pickWeighted(items, weight) {
      let left = fraction() * items.reduce((sum, item) => sum + weight(item), 0);
      for (const item of items) {
        left -= weight(item);
        if (left < 0) return item;
      }
      throw new RangeError('nothing to pick from');
    },
  };
}
