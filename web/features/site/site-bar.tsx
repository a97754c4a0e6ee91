import type { ReactNode } from 'react';
import type { Language } from '../../lib/language.ts';

export const barLink =
  'inline-flex min-h-12 items-center px-2 text-white underline decoration-white/60 underline-offset-4 hover:decoration-2 hover:decoration-white';

/** The green bar on top of every page, the patients' and the staff's: the place's name and the other language. */
export function SiteBar(props: {
  home: string;
  name: string;
  tagline: string;
  language: Language;
  otherLanguage: string;
  /** The staff's pages use the whole width. */
  wide?: boolean;
  children?: ReactNode;
}) {
  const other = props.language === 'bn' ? 'en' : 'bn';
  return (
    <div className="bg-green text-white">
      <div
        className={`mx-auto flex w-full flex-wrap items-center gap-x-3 px-4 md:px-6 ${props.wide ? '' : 'max-w-272'}`}
      >
        <a
          href={props.home}
          className="mr-auto inline-flex min-h-14 items-center gap-3 text-white no-underline"
        >
          <span className="text-title font-semibold">{props.name}</span>
          <span className="hidden border-l border-white/50 pl-3 sm:inline">{props.tagline}</span>
        </a>
        <a href={props.otherLanguage} hrefLang={other} lang={other} className={barLink}>
          {other === 'en' ? 'English' : 'বাংলা'}
        </a>
        {props.children}
      </div>
    </div>
  );
}
