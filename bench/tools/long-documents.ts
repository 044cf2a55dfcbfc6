import { makeZip } from '../../tests/support/make-zip.ts';
import { makePdf } from '../../tests/support/pdf.ts';

const words = 'The keeper writes down every boat that passes the red buoy before the tide turns at noon'.split(' ');
const line = (seed: number, count: number) =>
  Array.from({ length: count }, (_, index) => words[(seed * 7 + index * (1 + (seed % 5))) % words.length]).join(' ');

/** A PDF of so many full pages. */
export function longPdf(pages: number): Buffer {
  const page = (number: number) => Array.from({ length: 50 }, (_, row) => line(number * 50 + row, 14)).join('\n');
  return makePdf(
    Array.from({ length: pages }, (_, number) => page(number)),
    'latin',
  );
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const sheetNames = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
/** Parts, each with what it is. */
const typesOf = (kind: string, parts: Readonly<Record<string, string>>) => {
  const overrides = Object.entries(parts).map(
    ([part, type]) =>
      `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${kind}.${type}+xml"/>`,
  );
  const relationships = 'application/vnd.openxmlformats-package.relationships+xml';
  const usual = `<Default Extension="rels" ContentType="${relationships}"/><Default Extension="xml" ContentType="application/xml"/>`;
  return `${xml}<Types xmlns="${types}">${usual}${overrides.join('')}</Types>`;
};
const relationsOf = (...targets: readonly (readonly [string, string])[]) =>
  `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** A workbook of one sheet: so many rows of ten cells, half of them numbers, half words of a table of 5,000. */
export function longWorkbook(rows: number): Buffer {
  const shared = Array.from({ length: 5000 }, (_, index) => `<si><t>${line(index, 4)} ${index}</t></si>`).join('');
  const cell = (row: number, column: number) => {
    const name = `${String.fromCharCode(65 + column)}${row}`;
    return column % 2 === 0
      ? `<c r="${name}" t="s"><v>${(row * 11 + column * 401) % 5000}</v></c>`
      : `<c r="${name}"><v>${(row * 37 + column) / 4}</v></c>`;
  };
  const body: string[] = [];
  for (let row = 1; row <= rows; row += 1)
    body.push(`<row r="${row}">${Array.from({ length: 10 }, (_, column) => cell(row, column)).join('')}</row>`);
  return makeZip([
    {
      name: '[Content_Types].xml',
      content: typesOf('spreadsheetml', {
        '/xl/workbook.xml': 'sheet.main',
        '/xl/worksheets/sheet1.xml': 'worksheet',
        '/xl/sharedStrings.xml': 'sharedStrings',
      }),
    },
    { name: '_rels/.rels', content: relationsOf(['officeDocument', 'xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      content: `${xml}<workbook ${sheetNames} ${relations}><sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationsOf(['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml']),
    },
    { name: 'xl/sharedStrings.xml', content: `${xml}<sst ${sheetNames}>${shared}</sst>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${xml}<worksheet ${sheetNames}><sheetData>${body.join('')}</sheetData></worksheet>`,
    },
  ]);
}

/** A text of so many pages of about 400 words, with a heading and a table on each. */
export function longText(pages: number): Buffer {
  const run = (text: string) => `<w:r><w:rPr><w:b/></w:rPr><w:t>${text}</w:t></w:r>`;
  const paragraph = (text: string, style = '') =>
    `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${run(text)}</w:p>`;
  const body: string[] = [];
  for (let page = 0; page < pages; page += 1) {
    body.push(paragraph(`Page ${page + 1}`, 'Heading1'));
    for (let part = 0; part < 6; part += 1) body.push(paragraph(line(page * 6 + part, 60)));
    const row = (index: number) =>
      `<w:tr>${[0, 1, 2, 3].map((column) => `<w:tc>${paragraph(line(page + index + column, 3))}</w:tc>`).join('')}</w:tr>`;
    body.push(`<w:tbl>${[0, 1, 2, 3].map(row).join('')}</w:tbl>`);
  }
  const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  return makeZip([
    { name: '[Content_Types].xml', content: typesOf('wordprocessingml', { '/word/document.xml': 'document.main' }) },
    { name: '_rels/.rels', content: relationsOf(['officeDocument', 'word/document.xml']) },
    {
      name: 'word/document.xml',
      content: `${xml}<w:document ${names}><w:body>${body.join('')}</w:body></w:document>`,
    },
  ]);
}
