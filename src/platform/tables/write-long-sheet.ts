import { Zip, ZipDeflate } from 'fflate';
import { neutral, type Cell } from './neutral.ts';

/**
 * An XLSX file of one sheet as it grows: the head stays in sight, and of the rows no more is held than a batch. Without
 * shared strings, of which all would have to be held.
 */
export async function* writeLongSheet(
  head: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let broken: Error | null = null;
  const zip = new Zip((error, bytes) => {
    if (error) broken = error;
    else ready.push(bytes);
  });
  const taken = (): Uint8Array[] => {
    if (broken) throw broken;
    const all = ready;
    ready = [];
    return all;
  };
  for (const [name, text] of Object.entries(frame)) addPart(zip, name).push(Buffer.from(mark + text), true);
  const sheet = addPart(zip, 'xl/worksheets/sheet1.xml');
  const write = (text: string) => sheet.push(Buffer.from(text));
  write(mark + opening(head.length) + spellRow(1, head.map(spellHead)));
  let row = 1;
  for await (const batch of batches) {
    write(batch.map((cells) => spellRow(++row, cells.map(spell))).join(''));
    yield* taken();
  }
  sheet.push(Buffer.from('</sheetData></worksheet>'), true);
  zip.end();
  yield* taken();
}

/** The quickest level packs these tags as well as the best, to a twentieth. */
function addPart(zip: Zip, name: string): ZipDeflate {
  const part = new ZipDeflate(name, { level: 1 });
  zip.add(part);
  return part;
}

type Spelt = (place: string) => string;

const spellRow = (row: number, cells: readonly Spelt[]): string =>
  `<row r="${row}">${cells.map((cell, index) => cell(`${letters.charAt(index)}${row}`)).join('')}</row>`;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const spellHead =
  (title: string): Spelt =>
  (place) =>
    `<c r="${place}" s="1" t="inlineStr"><is><t>${escape(title)}</t></is></c>`;

const spell =
  (cell: Cell): Spelt =>
  (place) => {
    if (cell === null) return '';
    if (typeof cell !== 'string')
      return `<c r="${place}" s="${cell.money ? 2 : 0}"><v>${cell.number}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t>${escape(neutral(cell))}</t></is></c>`;
  };

// XML has no way to write most control characters.
const escape = (text: string): string =>
  /[&<>\u0000-\u001f\ufffe\uffff]/.test(text)
    ? text
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
    : text;

const mark = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const opening = (columns: number): string =>
  `<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<cols><col min="1" max="${columns}" width="18" customWidth="1"/></cols><sheetData>`;

const frame: Record<string, string> = {
  '[Content_Types].xml':
    `<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
  '_rels/.rels':
    `<Relationships xmlns="${packages}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${packages}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${spreadsheet}" xmlns:r="${relations}">` +
    '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  // 0 plain, 1 the head, 2 money.
  'xl/styles.xml':
    `<styleSheet xmlns="${spreadsheet}"><fonts count="2"><font/><font><b/></font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>' +
    '<xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>',
};
