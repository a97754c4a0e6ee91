import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { callOut } from './call-out.ts';
import { handover, type Handover } from './handover.ts';

const timeoutMs = 10_000;

/**
 * Posts an event by the Standard Webhooks specification. Only to public addresses unless `anywhere`: the name is resolved
 * first and exactly the address that was looked at is connected to. The same `id` may be posted again; receivers know it.
 */
export async function postWebhook(hook: {
  url: string;
  secret: Buffer;
  id: string;
  /** Unix seconds. */
  timestamp: number;
  body: string;
  anywhere: boolean;
}): Promise<Handover> {
  const { secret, id, timestamp, body, anywhere } = hook;
  const url = new URL(hook.url);
  const target = await resolveTarget(url, anywhere);
  if ('refusal' in target) return target.refusal;
  const called = await callOut({
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Shomoy-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(secret, `${id}.${timestamp}.${body}`),
    },
    body,
    timeoutMs,
    lookup: target.lookup,
  });
  if (!called.reached) return handover('not_taken', called.why);
  if (called.status === null) return handover('uncertain', called.why);
  if (called.status >= 200 && called.status <= 299) return handover('taken', String(called.status));
  // Gone for good; everything else may be better tomorrow.
  return handover(called.status === 410 ? 'refused' : 'not_taken', String(called.status));
}

const sign = (secret: Buffer, content: string): string =>
  `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;

async function resolveTarget(
  url: URL,
  anywhere: boolean,
): Promise<{ lookup: LookupFunction } | { refusal: Handover }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await lookup(host, { all: true }).catch(() => []);
  const [first] = addresses;
  if (!first) return { refusal: handover('not_taken', 'the name has no address') };
  if (!anywhere && addresses.some(({ address }) => !isPublic(address)))
    return { refusal: handover('refused', 'the name leads to an address that is not public') };
  return {
    lookup: (_, options, callback) =>
      options.all ? callback(null, [first]) : callback(null, first.address, first.family),
  };
}

/** Not loopback, private, link-local, shared, multicast, reserved, nor IPv4 in the clothes of IPv6. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, 'ipv4');
  return isIP(address) === 6 && globalUnicast.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
// Teredo, documentation, and 6to4, which carries any IPv4 address.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');
