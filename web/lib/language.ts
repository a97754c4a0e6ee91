const languages = ['bn', 'en'] as const;
export type Language = (typeof languages)[number];

/** Bangla stands at the root and English below `/en`: the language of a path, and the path without it. */
export function splitLanguage(path: string): { language: Language; path: string } {
  if (path === '/en') return { language: 'en', path: '/' };
  if (path.startsWith('/en/')) return { language: 'en', path: path.slice(3) };
  return { language: 'bn', path };
}

/** `path` as it stands in a language; a query goes along. Never another site, which `//host` in a link would be. */
export function inLanguage(language: Language, path: string): string {
  if (language === 'bn') return path.replace(/^\/{2,}/, '/');
  return path === '/' || path.startsWith('/?') ? `/en${path.slice(1)}` : `/en${path}`;
}
