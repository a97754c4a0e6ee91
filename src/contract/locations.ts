import { z } from 'zod';
import { route } from './route.ts';

/** The English name is the key that other resources store. */
export const place = z.object({ name: z.string(), nameBn: z.string(), code: z.string() });
export const thana = place.extend({ kind: z.enum(['upazila', 'metropolitan']) });

const name = z.string().min(1).max(50);
const tag = 'Places';

export const listDivisions = route({
  method: 'GET',
  path: '/locations/divisions',
  summary: 'The divisions of Bangladesh',
  tag,
  access: 'public',
  ok: { status: 200, body: z.object({ items: z.array(place) }) },
});

export const listDistricts = route({
  method: 'GET',
  path: '/locations/districts',
  summary: 'The districts, all or of one division',
  tag,
  access: 'public',
  query: z.strictObject({ division: name.optional() }),
  ok: { status: 200, body: z.object({ items: z.array(place.extend({ division: z.string() })) }) },
});

export const listThanas = route({
  method: 'GET',
  path: '/locations/thanas',
  summary: 'The upazilas and metropolitan thanas of a district',
  tag,
  access: 'public',
  query: z.strictObject({ division: name.optional(), district: name }),
  ok: { status: 200, body: z.object({ items: z.array(thana) }) },
});

export const specialization = z.object({
  id: z.int(),
  code: z.string(),
  nameEn: z.string(),
  nameBn: z.string(),
});

export const listSpecializations = route({
  method: 'GET',
  path: '/specializations',
  summary: 'The specializations doctors are found by',
  tag,
  access: 'public',
  ok: { status: 200, body: z.object({ items: z.array(specialization) }) },
});
