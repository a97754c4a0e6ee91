import { useSyncExternalStore } from 'react';

// The width from which the rail stands with its words (`--breakpoint-lg`).
const query = '(min-width: 64rem)';

/** Whether a week fits beside itself: elsewhere a day at a time is shown. */
export const useWide = (): boolean => useSyncExternalStore(listen, () => window.matchMedia(query).matches);

function listen(tell: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', tell);
  return () => media.removeEventListener('change', tell);
}
