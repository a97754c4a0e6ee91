import { createContext, type ReactNode, useContext } from 'react';
import { weekFrom, type Weekday } from '../lib/dates.ts';
import type { Language } from '../lib/language.ts';
import type { kit } from '../lib/messages/staff/kit.en.ts';

/** What the primitives that move need to know: the language of dates and digits, and their own few words. */
export type Kit = {
  language: Language;
  texts: typeof kit;
  /** The chambers' date, `YYYY-MM-DD`. */
  today: () => string;
  /** The weekday that weeks begin with. */
  firstWeekday: Weekday;
};

const KitContext = createContext<Kit | null>(null);

export function KitProvider(props: { value: Kit; children: ReactNode }) {
  return <KitContext value={props.value}>{props.children}</KitContext>;
}

export function useKit(): Kit {
  const found = useContext(KitContext);
  if (!found) throw new Error('useKit needs a KitProvider above');
  return found;
}

/** The weekdays as a week runs here. */
export const useWeek = (): readonly Weekday[] => weekFrom(useKit().firstWeekday);
