import { imports as bn } from '../../lib/messages/staff/imports.bn.ts';
import { imports as en, type ImportWords } from '../../lib/messages/staff/imports.en.ts';
import { wordsOf } from '../../lib/staff/context.tsx';
import { mayConfirm, type Import } from '../../../src/contract/imports.ts';
import { groupLakhs } from '../../../src/contract/wording.ts';
import { digits } from '../../lib/digits.ts';
import type { Language } from '../../lib/language.ts';
import type { Tone } from '../../ui/tag.tsx';

export const useImportWords = wordsOf({ bn, en });

/** `1,00,000`, `১,০০,০০০`. */
export const countText = (language: Language, count: number): string =>
  digits(language, groupLakhs(String(count)));

/** Whether something about the file is being done at this moment. */
export const isWorking = ({ work }: Import): boolean => work?.state === 'queued' || work?.state === 'running';

export type Standing = keyof ImportWords['states'];

/** How an import stands, in one word. */
export function standingOf(about: Import): Standing {
  const { state, counts } = about;
  if (isWorking(about)) return 'working';
  if (state === 'imported' || state === 'taken_back') return state;
  if (state === 'unchecked' || !counts) return 'stopped';
  if (counts.refused > 0) return 'refused';
  return mayConfirm(counts) ? 'ready' : 'nothing';
}

export const standingTones = {
  working: 'waiting',
  refused: 'error',
  ready: 'info',
  nothing: 'off',
  imported: 'done',
  taken_back: 'off',
  stopped: 'off',
} as const satisfies Record<Standing, Tone>;
