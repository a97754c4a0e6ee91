import type { changePreview } from '../../../src/contract/changes.ts';
import type { Route, RouteInput } from '../../../src/contract/route.ts';

/** A route that changes hours, time off or holidays. */
export type ChangeRoute = Route & { preview: typeof changePreview };

export type ChangeRequest<R extends ChangeRoute> = {
  /** What is about to be done: `Remove Monday's hours`. */
  title: string;
  route: R;
  input: RouteInput<R>;
  /** Said in passing once it is done. */
  done: string;
};
