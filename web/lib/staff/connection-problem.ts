/** No answer of the service: no connection, none in time, or a server that is not ready. */
export class ConnectionProblem extends Error {
  override readonly name = 'ConnectionProblem';
  readonly why: 'offline' | 'slow' | 'unready';

  constructor(why: ConnectionProblem['why']) {
    super(why);
    this.why = why;
  }
}
