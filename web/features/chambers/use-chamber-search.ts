import { useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ChamberToEdit, listChambers } from '../../../src/contract/chambers.ts';
import { useRead } from '../../lib/staff/data.ts';
import { useSettled } from '../../lib/staff/use-settled.ts';

type FirstChambers = { items: ChamberToEdit[]; nextCursor: string | null };

export type ChamberSearch = {
  /** The first hundred, which are all there are in most places. */
  read: UseQueryResult<FirstChambers>;
  /** Those, and what the server finds for what is typed. */
  found: readonly ChamberToEdit[];
  onType: (typed: string) => void;
};

/** Chambers for a field in which one is looked for by typing. */
export function useChamberSearch(): ChamberSearch {
  const [typed, onType] = useState('');
  const read = useRead(listChambers, { query: { limit: 100 } });
  // As long as they fit in one answer the field finds them by itself; beyond that the server looks.
  const more = useRead(
    listChambers,
    { query: { limit: 100, q: useSettled(typed).slice(0, 100) } },
    { enabled: Boolean(read.data?.nextCursor) && typed.trim() !== '' },
  );
  const all = [...(read.data?.items ?? []), ...(more.data?.items ?? [])];
  return { read, found: [...new Map(all.map((chamber) => [chamber.id, chamber])).values()], onType };
}
