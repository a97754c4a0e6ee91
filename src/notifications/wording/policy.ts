import type { MessageChannel, MessageKind, Wording } from '../../contract/messages.ts';
import type { Language } from '../../contract/wording.ts';
import { writeBangla } from './write-bangla.ts';
import { writeEnglish, type Texts } from './write-english.ts';

const texts: Record<Language, Record<MessageKind, Texts>> = { en: writeEnglish, bn: writeBangla };

export type Template = { kind: MessageKind; channel: MessageChannel; language: Language };

/** The wording that Shomoy brings along. */
export function usualWording({ kind, channel, language }: Template): Wording {
  const { title, mail, sms, note } = texts[language][kind];
  if (channel === 'sms') return { title: null, text: sms };
  return { title, text: channel === 'email' ? mail : note };
}

/** Fills placeholders. A line with one that is empty is left out: not every chamber has a phone. */
export function fillWording(wording: string, values: Readonly<Record<string, string>>): string {
  return wording
    .split('\n')
    .filter((line) => ![...line.matchAll(placeholder)].some(([, name = '']) => values[name] === ''))
    .join('\n')
    .replace(placeholder, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`a wording asks for {${name}}, which is not there`);
      return value;
    });
}

const placeholder = /\{(\w+)\}/g;

/** A plain page for those whose mail shows no text: paragraphs, line ends, links. */
export function asHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => {
    const safe = part.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>');
    return `<p>${safe.replace(/https?:\/\/[^\s<]+/g, '<a href="$&">$&</a>')}</p>`;
  });
  return `<!doctype html><html><head><meta charset="utf-8"></head><body style="font:16px/1.5 sans-serif;max-width:36em">${paragraphs.join('')}</body></html>`;
}
