/** A screen's query by name: text, as it stands in the address. */
export type ScreenQuery = { readonly [name: string]: string | undefined };

// The router reads `12` and `true` as more than text, and only where they would be written the same again.
export const readScreenQuery = (search: Record<string, unknown>): ScreenQuery =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  );
