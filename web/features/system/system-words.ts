import { system as bn } from '../../lib/messages/staff/system.bn.ts';
import { system as en } from '../../lib/messages/staff/system.en.ts';
import { wordsOf } from '../../lib/staff/context.tsx';

export const useSystemWords = wordsOf({ bn, en });
