/**
 * What became of something that was handed to a provider. Only `not_taken` may be tried again as it is: `uncertain` may
 * have arrived, and sending it again could say it twice.
 */
export type Handover = {
  state: 'taken' | 'refused' | 'not_taken' | 'uncertain';
  /** What the provider said, for a person to read. It may name the recipient: for the ledger, never for a log. */
  answer: string;
  /** The provider's own number for it. */
  reference: string | null;
};

export const handover = (
  state: Handover['state'],
  answer: string,
  reference: string | null = null,
): Handover => ({
  state,
  // PostgreSQL cannot store NUL, and nobody reads more.
  answer: answer.replaceAll('\u0000', '').slice(0, 300),
  reference: reference?.slice(0, 200) ?? null,
});
