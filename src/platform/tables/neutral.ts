/** Text, which people may have written, or a number of ours as a decimal, which may well begin with a minus. */
export type Cell = string | { number: string; money?: boolean } | null;

/** What a spreadsheet would take for a formula is told to be text. */
export const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
