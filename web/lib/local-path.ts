/**
 * A path of this site, or null. `next` comes from the address bar, so it is read as a browser would: that drops tabs and
 * line ends, takes `\` for `/`, and finds another host in `//evil` and `/\evil`. What is returned is safe in a header.
 */
export function localPath(text: string | null | undefined): string | null {
  const base = 'http://site.invalid';
  if (!text?.startsWith('/') || text.length > 1000 || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  // Dots may fold `/./` + `/evil` into `//evil`.
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : null;
}
