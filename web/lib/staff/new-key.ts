/** An Idempotency-Key: sixteen random bytes; `crypto.randomUUID` needs https. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
