/** How much of a long test is done: enough for every run, or with `FIGURES=full` as much as is claimed. */
export const figure = ({ usual, full }: { usual: number; full: number }): number =>
  process.env['FIGURES'] === 'full' ? full : usual;
