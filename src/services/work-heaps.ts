import { countKind } from '../contract/counts.ts';
import { exportKind } from '../contract/exports.ts';

/**
 * MB of heap that works of a kind get by on, however much there is to do; null: they hold what they work on, and have what
 * Node gives.
 */
export const heapOf = (kind: string): number | null =>
  kind === exportKind || kind === countKind ? 80 : null;
