import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { handover, type Handover } from './handover.ts';

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every try, so that a mailbox that got it twice can tell. */
  messageId: string;
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
};

// Together shorter than the lease of whoever sends.
const connectMs = 10_000;
const silenceMs = 15_000;

/**
 * Hands one mail to the SMTP server, over a connection of its own: a pool would send again by itself what it lost, and
 * SMTP has no key by which a server could tell.
 */
export async function sendMail(server: { url: string; from: string }, mail: Mail): Promise<Handover> {
  const message = await new MailComposer({
    from: server.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...(mail.calendar
      ? { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'visit.ics' } }
      : {}),
  })
    .compile()
    .build();
  const { auth, ...options } = parseConnectionUrl(server.url);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    logger: false,
  });
  return new Promise((resolve) => {
    // The server asks for the content by answering DATA; from then on it may have it.
    let begun = false;
    const content = new Readable({
      read() {
        begun = true;
        this.push(message);
        this.push(null);
      },
    });
    const fail = (error: unknown) => end(judge(error, begun));
    const end = (outcome: Handover) => {
      connection.close();
      resolve(outcome);
    };
    connection.once('error', fail);
    const send = () =>
      connection.send({ from: addressOf(server.from), to: [mail.to] }, content, (error, info) =>
        error ? fail(error) : end(handover('taken', info?.response ?? '', mail.messageId)),
      );
    connection.connect((error) => {
      if (error) return fail(error);
      if (!auth || !connection.allowsAuth) return send();
      return connection.login(auth, (refused) => (refused ? fail(refused) : send()));
    });
  });
}

export const addressOf = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from;

/** A code of the server's own is its word on the mail; silence after the content began is none. */
function judge(error: unknown, begun: boolean): Handover {
  const facts = typeof error === 'object' && error !== null ? error : {};
  const code = 'responseCode' in facts && typeof facts.responseCode === 'number' ? facts.responseCode : null;
  const kind = 'code' in facts && typeof facts.code === 'string' ? facts.code : 'error';
  const words = 'response' in facts && typeof facts.response === 'string' ? facts.response : kind;
  if (code !== null && code >= 500 && kind !== 'EAUTH') return handover('refused', words);
  if (code !== null) return handover('not_taken', words);
  if (kind === 'EENVELOPE') return handover('refused', words);
  return handover(begun ? 'uncertain' : 'not_taken', words);
}
