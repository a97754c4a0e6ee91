import type { User } from '../../../src/contract/users.ts';
import type { Language } from '../../lib/language.ts';
import { users as bn } from '../../lib/messages/staff/users.bn.ts';
import { users as en } from '../../lib/messages/staff/users.en.ts';
import { doctorName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { wordsOf } from '../../lib/staff/context.tsx';
import type { Tone } from '../../ui/tag.tsx';

export const useUserWords = wordsOf({ bn, en });

export const userName = (language: Language, { fullName, doctor }: User): string =>
  doctor ? doctorName(language, { fullName, nameBn: doctor.nameBn }) : fullName;

/** Where somebody is reached, for reading. */
export const addressesOf = ({ mobile, email }: Pick<User, 'mobile' | 'email'>): string =>
  [mobile ? formatPhone(mobile) : null, email].filter((each) => each !== null).join(' · ');

export const statusTones = { active: 'done', inactive: 'off', suspended: 'error' } as const satisfies Record<
  User['status'],
  Tone
>;

export const userTypes = ['patient', 'doctor', 'assistant', 'admin'] as const satisfies User['userType'][];
export const userStatuses = ['active', 'inactive', 'suspended'] as const satisfies User['status'][];
