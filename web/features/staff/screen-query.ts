import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ScreenQuery } from '../../lib/staff/screen-query.ts';

/** What the address says after `?`, and the way to change it: what is null or empty leaves the address. */
export function useScreenQuery(): {
  query: ScreenQuery;
  change: (values: Readonly<Record<string, string | null>>) => void;
} {
  const query: ScreenQuery = useSearch({ strict: false });
  const navigate = useNavigate();
  return {
    query,
    change: (values) => {
      const next = Object.entries({ ...query, ...values }).flatMap(([name, value]) =>
        value ? [[name, value] as const] : [],
      );
      // The same screen: it stays where it is.
      void navigate({ to: '.', search: Object.fromEntries(next), resetScroll: false });
    },
  };
}
