/** What a spreadsheet would take for a formula is told to be text. */
export const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
