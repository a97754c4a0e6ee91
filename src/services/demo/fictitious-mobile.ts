/** Number ranges, so that no two kinds of owner meet. */
const ranges = { chamber: 10_000, doctor: 20_000, patient: 30_000, assistant: 40_000 } as const;

/** A number that belongs to nobody: no operator of Bangladesh has the code 010. */
export const fictitiousMobile = (owner: keyof typeof ranges, index: number): string =>
  `+88010${String(ranges[owner] + index).padStart(8, '0')}`;
