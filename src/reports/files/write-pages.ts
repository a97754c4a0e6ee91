import type { Settings } from '../../contract/settings.ts';
import { organisationAddress, organisationName, type Language } from '../../contract/wording.ts';
import { setPages } from '../../platform/pages.ts';

/**
 * Sets a report for printing, on A4; `data` has at least its language and title, and `body` goes on below the title. The
 * organisation's name and contact stand above it where it has said them.
 * Everything that people wrote comes in as data: text that looks like markup stays text.
 */
export const writePages = (
  body: string,
  data: { language: Language; title: string; [more: string]: unknown },
  organisation: Settings,
): Promise<Buffer> =>
  setPages(head + body, {
    ...data,
    organisation: organisationName(data.language, organisation),
    contact: [
      organisationAddress(data.language, organisation),
      organisation.phone,
      organisation.email,
    ].filter((each) => each !== null),
  });

const head = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Noto Sans Bengali", size: 9.5pt, lang: data.language, fill: rgb("#12211D"))
#set page(paper: "a4", margin: 16mm, numbering: "1 / 1", footer-descent: 6mm)
#show heading: set text(size: 16pt, weight: 600)
#let quiet(body) = text(fill: rgb("#47544F"), size: 8.5pt, body)
#line(length: 100%, stroke: 2pt + rgb("#006A4E"))
#if data.organisation != none [#text(weight: 600, data.organisation)]
#if data.contact.len() > 0 [#h(8pt) #quiet(data.contact.join(" · "))]
= #data.title
`;
