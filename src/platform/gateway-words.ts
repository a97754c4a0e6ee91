import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { ServiceName } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** Long enough for a photo on a poor line to arrive, short enough that what is copied is soon worth nothing. */
const lifetimeSeconds = 60;
const issuer = 'shomoy-gateway';

const kinds = {
  actor: { label: 'actor header', typ: 'actor+jwt' },
  innerCall: { label: 'inner call', typ: 'inner+jwt' },
} as const;

/** What a gateway says to a service and nobody else can say: HS256, for one service, one minute. */
export function gatewayWords(secrets: Secrets, kind: keyof typeof kinds) {
  const { label, typ } = kinds[kind];
  // A key for each service: what is meant for one does not even have the other's signature.
  const keyOf = (service: ServiceName) => secrets.mac(label, service);
  return {
    sign(said: JWTPayload, service: ServiceName, now: Temporal.Instant): Promise<string> {
      const seconds = Math.floor(now.epochMilliseconds / 1000);
      return new SignJWT(said)
        .setProtectedHeader({ alg: 'HS256', typ })
        .setIssuer(issuer)
        .setAudience(service)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetimeSeconds)
        .sign(keyOf(service));
    },
    /** Null when no gateway of ours wrote it for this service, or too long ago. */
    async read(word: string, service: ServiceName, now: Temporal.Instant): Promise<JWTPayload | null> {
      try {
        const { payload } = await jwtVerify(word, keyOf(service), {
          algorithms: ['HS256'],
          issuer,
          audience: service,
          typ,
          currentDate: new Date(now.epochMilliseconds),
          // Two machines' clocks differ a little.
          clockTolerance: 10,
          requiredClaims: ['exp', 'iat'],
        });
        return payload;
      } catch {
        // Any failure means the same: it is nobody's word.
        return null;
      }
    },
  };
}
