import { createContext, type ReactNode, useContext } from 'react';
import type { Call } from '../../../src/contract/client.ts';
import type { Settings } from '../../../src/contract/settings.ts';
import type { User } from '../../../src/contract/users.ts';
import type { Language } from '../language.ts';
import type { StaffWords } from '../messages/staff/en.ts';
import type { Download, Upload } from './api.ts';

export type Staff = {
  /** The API as whoever is signed in. */
  call: Call;
  /** A file of the API. */
  download: Download;
  /** A file for the API. */
  upload: Upload;
  /** Who that is. */
  me: User;
  /** As they were when the app was opened; screens read `useSettings`. */
  settings: Settings;
  language: Language;
  words: StaffWords;
  /** The chambers' date, `YYYY-MM-DD`, by the server's clock. */
  today: () => string;
  /** Goes to the sign-in, and comes back to this address after it. */
  signIn: () => void;
};

const StaffContext = createContext<Staff | null>(null);

export function StaffProvider(props: { value: Staff; children: ReactNode }) {
  return <StaffContext value={props.value}>{props.children}</StaffContext>;
}

/** What every screen stands on: who is signed in, the API as them, the language and its words. */
export function useStaff(): Staff {
  const staff = useContext(StaffContext);
  if (!staff) throw new Error('useStaff is for screens of the staff app');
  return staff;
}

export const useWords = (): StaffWords => useStaff().words;

/** Words of screens that few open: they come with these, and not with the app's start. */
export const wordsOf =
  <Words,>(both: Record<Language, Words>) =>
  (): Words =>
    both[useStaff().language];
