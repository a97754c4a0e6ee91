/** A row with something in it. `line` is the number that a spreadsheet shows beside it. */
export type SheetRow = { line: number; cells: readonly string[] };
