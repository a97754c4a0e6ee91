import { type ReactNode, useLayoutEffect } from 'react';
import { focusVisit } from './steps.ts';

/**
 * Buttons of a visit that go when it is read anew, which on a bad line is long after the press: the focus that one of them
 * has by then, or a dialog that goes with them, goes on as after the press.
 */
export function FocusGoesOn({ visit, children }: { visit: number; children: ReactNode }) {
  useLayoutEffect(
    () => () => {
      const hadFocus = `[data-steps="${visit}"], [data-visit="${visit}"], [role="dialog"]`;
      if (document.activeElement?.closest(hadFocus)) focusVisit(visit);
    },
    [visit],
  );
  return children;
}
