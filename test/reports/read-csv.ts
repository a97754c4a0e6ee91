/** By RFC 4180, quotes and all; the rows are as wide as the first. */
export function readCsv(text: string): string[][] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      ),
    );
  // The pattern finds one empty cell more at the end of a line.
  const width = (rows[0]?.length ?? 1) - 1;
  return rows.map((row) => row.slice(0, width));
}
