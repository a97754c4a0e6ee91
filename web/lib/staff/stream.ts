import { streamNotifications } from '../../../src/contract/notifications.ts';
import { apiPrefix } from '../../../src/contract/route.ts';
import { closings, type StreamHears, type StreamSays } from '../../../src/contract/streams.ts';
import { SignedOut, type StaffSession } from './session.ts';

export type NewsOutside = {
  session: Pick<StaffSession, 'accessToken' | 'replaceToken'>;
  connect: (path: string) => WebSocket;
  /** Calls back after so many milliseconds. */
  wait: (milliseconds: number, then: () => void) => void;
  onNews: () => void;
};

/**
 * Says whenever something is new for whoever is signed in. Comes back by itself when the line breaks, and asks for what it
 * missed; where it may not come back the screens' own asking, twice a minute, has to do.
 */
export function listenForNews({ session, connect, wait, onNews }: NewsOutside): void {
  let lastId: number | null = null;
  let failures = 0;

  const listen = async (refused?: string): Promise<void> => {
    try {
      hear(await (refused === undefined ? session.accessToken() : session.replaceToken(refused)));
    } catch (error) {
      if (!(error instanceof SignedOut)) again();
    }
  };

  const hear = (accessToken: string): void => {
    const socket = connect(apiPrefix + streamNotifications.path);
    const missed = lastId !== null;
    socket.addEventListener('open', () => {
      const hello: Says = { type: 'hello', accessToken, ...(lastId === null ? {} : { after: lastId }) };
      socket.send(JSON.stringify(hello));
    });
    socket.addEventListener('message', ({ data }) => {
      const heard: StreamHears<typeof streamNotifications> = JSON.parse(String(data));
      if (heard.type === 'ready') {
        failures = 0;
        lastId = heard.lastId;
        // The screens have just been read when they are first opened.
        if (!missed) return;
      }
      if (heard.type === 'notification') lastId = heard.notification.id;
      onNews();
    });
    socket.addEventListener('close', ({ code }) => {
      if (final.has(code)) return;
      if (code === closings.token_expired.code && failures === 0) {
        // Counted, so that a token that is never good enough is not asked for without a pause.
        failures += 1;
        void listen(accessToken);
      } else again();
    });
  };

  const again = (): void => {
    failures += 1;
    wait(pauseAfter(failures), () => void listen());
  };

  void listen();
}

type Says = StreamSays<typeof streamNotifications>;

/** Coming back would change nothing. */
const final: ReadonlySet<number> = new Set([
  closings.bad_message.code,
  closings.account_inactive.code,
  closings.too_many.code,
]);

/** From a second to a minute, and not for everybody at the same moment. */
const pauseAfter = (failures: number): number =>
  Math.min(60_000, 1_000 * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
