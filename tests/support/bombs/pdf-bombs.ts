import { deflateSync } from 'node:zlib';
import type { Bomb } from './bomb.ts';
import { elsewhere, secretFile } from './bomb.ts';

/** Numbered from 1; the first is the catalogue. */
type Objects = readonly (string | Buffer)[];

const page = (contents: string, more = '') =>
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${contents}/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>${more}>>`;
const font = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const said = stream('BT /F 12 Tf 50 700 Td (The lamp turns.) Tj ET');
const catalogue = '<</Type/Catalog/Pages 2 0 R>>';
const one = '<</Type/Pages/Count 1/Kids[3 0 R]>>';

export const pdfBombs: readonly Bomb[] = [
  bomb('pages-in-themselves', [
    catalogue,
    '<</Type/Pages/Count 9/Kids[2 0 R 2 0 R 3 0 R]>>',
    page('4 0 R'),
    said,
    font,
  ]),
  bomb('parent-of-itself', [catalogue, '<</Type/Pages/Parent 2 0 R/Count 1/Kids[3 0 R]>>', page('4 0 R'), said, font]),
  bomb('count', [catalogue, '<</Type/Pages/Count 2147483647/Kids[3 0 R]>>', page('4 0 R'), said, font]),
  bomb('form-in-itself', [
    catalogue,
    one,
    page('4 0 R'),
    stream('/X Do'),
    font,
    stream('/X Do /X Do', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>'),
  ]),
  bomb('length-of-itself', [catalogue, one, page('4 0 R'), '<</Length 4 0 R>>stream\nBT ET\nendstream', font]),
  bomb('unpacks', [catalogue, one, page('4 0 R'), packed(Buffer.alloc(400_000_000, ' ')), font]),
  bomb('packed-ten-times', [catalogue, one, page('4 0 R'), packed(Buffer.alloc(40_000_000, 'q '), 10), font]),
  bomb('text', [catalogue, one, page('4 0 R'), packed(Buffer.from('BT /F 12 Tf (a) Tj ET '.repeat(3_000_000))), font]),
  bomb('arrays', [catalogue, one, page('4 0 R'), stream(`${'['.repeat(500_000)} TJ`), font]),
  bomb('tree', [
    catalogue,
    '<</Type/Pages/Count 1/Kids[6 0 R]>>',
    page('4 0 R'),
    said,
    font,
    ...Array.from({ length: 50_000 }, (_, at) => `<</Type/Pages/Count 1/Kids[${at + 7} 0 R]>>`),
    page('4 0 R'),
  ]),
  bomb('page-of-miles', [catalogue, one, page('4 0 R', '/UserUnit 1e30').replace('595 842', '1e30 1e30'), said, font]),
  bomb('starts', [
    `<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(${secretFile})>>/AA<</WC<</S/URI/URI(${elsewhere})>>>>>>`,
    one,
    page('4 0 R'),
    said,
    font,
  ]),
  bomb('names-in-themselves', [
    '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 7 0 R>>/AcroForm<</Fields[8 0 R]>>>>',
    one,
    page('4 0 R'),
    said,
    font,
    'null',
    '<</Kids[7 0 R 7 0 R]>>',
    '<</Kids[8 0 R 8 0 R]/T(a)>>',
  ]),
  { name: 'previous-of-itself.pdf', make: () => previousOfItself() },
];

function bomb(name: string, objects: Objects): Bomb {
  return { name: `${name}.pdf`, make: () => pdfOf(objects) };
}

function stream(content: string, more = ''): string {
  return `<</Length ${content.length}${more}>>stream\n${content}\nendstream`;
}

function packed(content: Buffer, times = 1): Buffer {
  let bytes = content;
  for (let at = 0; at < times; at += 1) bytes = Buffer.from(deflateSync(bytes, { level: 1 }));
  const head = `<</Length ${bytes.length}/Filter[${'/FlateDecode'.repeat(times)}]>>stream\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
}

function pdfOf(objects: Objects, more = ''): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  let length = pieces[0]?.length ?? 0;
  const places = objects.map((object, index) => {
    const place = length;
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    pieces.push(piece);
    length += piece.length;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  pieces.push(
    Buffer.from(`${table}trailer<</Size ${objects.length + 1}/Root 1 0 R${more}>>\nstartxref\n${length}\n%%EOF\n`),
  );
  return Buffer.concat(pieces);
}

/** The table of what was before is this very one. */
function previousOfItself(): Buffer {
  const objects = [catalogue, one, page('4 0 R'), said, font];
  const start = /startxref\n(\d+)/.exec(pdfOf(objects).toString('latin1'))?.[1] ?? '0';
  return pdfOf(objects, `/Prev ${start}`);
}
