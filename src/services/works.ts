import type { Deps } from '../platform/deps.ts';
import type { Works } from '../platform/works.ts';

/** The long works of all modules, by kind. */
export const worksOf = (_deps: Deps): Works => ({});
