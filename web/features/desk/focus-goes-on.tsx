import { type ReactNode, useLayoutEffect } from 'react';
import { focusVisit } from './steps.ts';

/**
 * Buttons of a visit that go when it is read anew, which on a bad line is long after the press: the focus that one of them
 * has by then goes on as after the press.
 */
export function FocusGoesOn({ visit, children }: { visit: number; children: ReactNode }) {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.closest(`[data-steps="${visit}"], [data-visit="${visit}"]`))
        focusVisit(visit);
    },
    [visit],
  );
  return children;
}
