import type { Call } from './client.ts';
import type { ProblemCode } from './problems.ts';
import type { Settings } from './settings.ts';

/** What the web app's pages need from whoever serves them. */
export type PageContext = {
  /** The API, called as this visitor: from their address, under their request id. */
  call: Call;
  /** Present instant, epoch milliseconds, from the server's clock. */
  now: number;
  requestId: string;
  /** Built files by their role, as URL paths. */
  assets: { script: string; styles: string; fonts: string; staff: string };
  /** What the organisation decided, a second old at most. */
  settings: Settings;
  /** Logins to show where the data is a demonstration. */
  demoLogins: readonly { who: string; login: string; password: string }[];
  /** A failure the page turned into its error screen. */
  onError: (error: unknown) => void;
};

/** Answers every URL that is not the API's. Forms post to the page's own URL. */
export type RenderPage = (request: Request, context: PageContext) => Promise<Response>;

/** The page for a request that was refused before any page saw it: too many of them, or a busy server. */
export type RenderRefusal = (
  request: Request,
  context: PageContext,
  refusal: { code: ProblemCode; status: number },
) => Response;
