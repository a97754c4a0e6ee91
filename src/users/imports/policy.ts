import { mayConfirm } from '../../contract/imports.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';
import type { ImportRecord } from './queries.ts';

export type Step = 'confirmation' | 'withdrawal';

/** Refuses a step for which an import is not ready, or which is another administrator's to take. */
export function ensureStep(about: ImportRecord, step: Step, by: Actor): void {
  const { state, counts, workState } = about;
  if (workState === 'queued' || workState === 'running')
    throw new Problem('import_not_ready', 'This file is being worked on; wait until that is done.');
  if (step === 'withdrawal') {
    if (state !== 'imported')
      throw new Problem('import_not_ready', 'Only what was imported can be taken back.');
    return;
  }
  if (state !== 'checked' || !counts || !mayConfirm(counts))
    throw new Problem(
      'import_not_ready',
      'Only a file that was checked, has new rows and nothing wrong can be imported.',
    );
  if (about.createdBy.id !== by.userId)
    throw new Problem('not_allowed', 'Only who has handed over a file can have it imported.');
  if (about.fileId === null)
    throw new Problem('import_not_ready', 'The file is no longer kept; hand it over again.');
}
