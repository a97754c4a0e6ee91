import { settings as bn } from '../../lib/messages/staff/settings.bn.ts';
import { settings as en } from '../../lib/messages/staff/settings.en.ts';
import { wordsOf } from '../../lib/staff/context.tsx';

export const useSettingsWords = wordsOf({ bn, en });
