import type { SmsGateway } from '../config.ts';
import { callOut, type Called } from './call-out.ts';
import { handover, type Handover } from './handover.ts';

export type Sms = { to: string; text: string; key: string };

const timeoutMs = 20_000;

/** Hands one SMS to the gateway. */
export async function sendSms(gateway: SmsGateway, sms: Sms): Promise<Handover> {
  const { method, headers, body } = gateway;
  const called = await callOut({
    url: new URL(fill(gateway.url, sms, encodeURIComponent)),
    method,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, fill(value, sms, plainHeader)]),
    ),
    ...(method === 'POST' ? { body: fill(body, sms, escapeFor(headers)) } : {}),
    timeoutMs,
  });
  return judge(gateway, called);
}

/** Whether the gateway has taken the SMS of a key; it must have a place to ask. */
export async function lookUpSms(gateway: SmsGateway, key: string): Promise<Handover> {
  const url = new URL(fill(gateway.lookupUrl ?? '', { to: '', text: '', key }, encodeURIComponent));
  const { 'content-type': _, ...headers } = gateway.headers;
  const called = await callOut({ url, method: 'GET', headers, timeoutMs });
  if (!called.reached || called.status === null) return handover('uncertain', called.why);
  if (called.status === 404) return handover('not_taken', 'the gateway does not know it');
  if (isTaken(gateway, called)) return handover('taken', said(called));
  return handover('uncertain', said(called));
}

function judge(gateway: SmsGateway, called: Called): Handover {
  if (!called.reached) return handover('not_taken', called.why);
  if (called.status === null) return handover('uncertain', called.why);
  if (isTaken(gateway, called)) return handover('taken', said(called), called.text.trim());
  if (gateway.retryOn.includes(called.status)) return handover('not_taken', said(called));
  // A server in trouble may have passed it on before it fell.
  if (called.status >= 500) return handover('uncertain', said(called));
  return handover('refused', said(called));
}

type Answered = Extract<Called, { status: number }>;

const said = ({ status, text }: Answered): string => `${status} ${text.trim()}`;

function isTaken({ success }: SmsGateway, { status, text }: Answered): boolean {
  if (status < 200 || status > 299) return false;
  if (success.startsWith('text:')) return text.includes(success.slice('text:'.length));
  const rule = /^json:([\w.]+)=(.+)$/.exec(success);
  if (!rule) return true;
  const [, path = '', values = ''] = rule;
  return values.split('|').includes(String(valueAt(text, path)));
}

function valueAt(text: string, path: string): unknown {
  try {
    let value: unknown = JSON.parse(text);
    for (const name of path.split('.'))
      value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return value;
  } catch {
    // Not JSON: then it does not say that it was taken.
    return undefined;
  }
}

const fill = (template: string, sms: Sms, escape: (value: string) => string): string =>
  template.replace(/\{(to|text|key)\}/g, (_, name: keyof Sms) => escape(sms[name]));

const plainHeader = (value: string): string => value.replace(/[^\x20-\x7e]/g, '');

/** By the content type: values inside a JSON string, a form or an XML text. */
function escapeFor(headers: SmsGateway['headers']): (value: string) => string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.includes('json')) return (value) => JSON.stringify(value).slice(1, -1);
  if (type.includes('xml')) return (value) => value.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return encodeURIComponent;
}
