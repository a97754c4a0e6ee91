import type { LedgerMessage } from '../../contract/messages.ts';
import type { LedgerRow } from './queries.ts';

export const presentMessage = (row: LedgerRow): LedgerMessage => ({
  ...row,
  dueAt: row.dueAt.toString(),
  tryAt: row.tryAt.toString(),
  createdAt: row.createdAt.toString(),
  handedAt: row.handedAt?.toString() ?? null,
  finishedAt: row.finishedAt?.toString() ?? null,
  cost: row.cost === null ? null : { amount: row.cost, currency: 'BDT' },
});
