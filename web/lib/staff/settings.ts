import { getSettings, type Settings } from '../../../src/contract/settings.ts';
import { organisationName } from '../../../src/contract/wording.ts';
import { useStaff } from './context.tsx';
import { useRead } from './data.ts';

/** The organisation's settings: as they were when the app was opened, then as they are whenever it is looked at again. */
export function useSettings(): Settings {
  const { settings } = useStaff();
  const { data } = useRead(getSettings, {}, { known: { settings }, staleMs: 60_000 });
  return data?.settings ?? settings;
}

/** What the place is called whose desk this is. */
export function useSiteName(): string {
  const { words, language } = useStaff();
  return organisationName(language, useSettings()) ?? words.shell.siteName;
}
