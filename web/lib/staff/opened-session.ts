/** The answer of `POST /staff/session`: what the staff app may know of the browser's sign-in. */
export type OpenedStaffSession = {
  accessToken: string;
  /** Seconds until the access token ends. */
  endsInSeconds: number;
  name: string;
  /** The server's clock, RFC 3339 with the chambers' offset: a phone's own may be wrong. */
  now: string;
};
