import { z } from 'zod';
import { scheduleCase } from './case.ts';

/** The JSON Schema of a case as it is written: what has a default may be left out. */
export function spellSchema(): object {
  return { title: 'A case for the scheduling engine', ...z.toJSONSchema(scheduleCase, { io: 'input' }) };
}
