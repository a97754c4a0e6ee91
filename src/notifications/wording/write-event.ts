import type { Queryable } from '../../platform/database.ts';
import { presentEvent } from './present.ts';
import { findEventFacts } from './queries.ts';
import type { Written } from './write-message.ts';

/** The body of a webhook: what happened in one version of an appointment. Null: it never did. */
export async function writeEvent(
  on: Queryable,
  { appointmentId, version }: { appointmentId: number | null; version: number },
): Promise<Written | null> {
  const facts = appointmentId === null ? null : await findEventFacts(on, { appointmentId, version });
  return facts && { title: null, text: JSON.stringify(presentEvent(facts)), path: null, calendar: null };
}
