import { listDistricts } from '../../../src/contract/locations.ts';
import { placeName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';

/** Districts in the language by their English name, empty until they are there. */
export function useDistricts(): ReadonlyMap<string, string> {
  const { language } = useStaff();
  const read = useRead(listDistricts, { query: {} }, { staleMs: Number.POSITIVE_INFINITY });
  return new Map(read.data?.items.map((one) => [one.name, placeName(language, one)]));
}
