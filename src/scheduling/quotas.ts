import type { EpochMs } from './range.ts';
import { MINUTE_MS } from './range.ts';
import type { Sitting } from './sittings.ts';
import type { Channel, Quotas } from './weekly-rules.ts';

/** The serials a channel may take: its own, `first` … `last` (none when `last` is less), and all from `sharedFrom` on. */
export type Allotment = { readonly first: number; readonly last: number; readonly sharedFrom: number };

/** What the channel may take at `now`; null: every number. */
export function allotmentOf(
  { rule, start }: Sitting,
  { channel, now }: { readonly channel: Channel; readonly now: EpochMs },
): Allotment | null {
  const { quotas, quotaReleaseMinutes } = rule;
  if (quotas === null) return null;
  const own = ownSerials(quotas, channel);
  const released = quotaReleaseMinutes !== null && now >= start - quotaReleaseMinutes * MINUTE_MS;
  return { ...own, sharedFrom: released ? 1 : quotas.online + quotas.phone + quotas.walkIn + 1 };
}

export function isOwn({ first, last }: Allotment, serial: number): boolean {
  return first <= serial && serial <= last;
}

export function mayTake(allotment: Allotment, serial: number): boolean {
  return serial >= allotment.sharedFrom || isOwn(allotment, serial);
}

function ownSerials({ online, phone, walkIn }: Quotas, channel: Channel): { first: number; last: number } {
  switch (channel) {
    case 'online':
      return { first: 1, last: online };
    case 'phone':
      return { first: online + 1, last: online + phone };
    case 'walk_in':
      return { first: online + phone + 1, last: online + phone + walkIn };
    default:
      return channel satisfies never;
  }
}
