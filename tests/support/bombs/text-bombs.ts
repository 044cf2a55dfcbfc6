import { makeZip, wordMembers } from '../make-zip.ts';
import { type Bomb, elsewhere, laughs, outsideEntity, secretFile } from './bomb.ts';

const bomb = (name: string, make: () => string | Buffer): Bomb => ({ name, make: () => Buffer.from(make()) });
const rtf = (name: string, make: () => string) => bomb(`${name}.rtf`, () => `{\\rtf1\\ansi ${make()}}`);
const html = (name: string, make: () => string) =>
  bomb(`${name}.html`, () => `<!doctype html><html><body>${make()}</body></html>`);
const head = 'From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\n';
const mail = (name: string, make: () => string) => bomb(`${name}.eml`, () => head + make());
const mixed = (parts: readonly string[]) =>
  `Content-Type: multipart/mixed; boundary=B\n\n${parts.map((part) => `--B\n${part}\n`).join('')}--B--\n`;
const million = 1_000_000;

export const rtfBombs: readonly Bomb[] = [
  rtf('deep', () => '{'.repeat(million)),
  rtf('groups', () => '{a}'.repeat(million)),
  rtf('bytes', () => '\\bin4294967295 a'),
  rtf('fewer-bytes', () => '\\bin-5 a'),
  rtf('skips', () => `\\uc2147483647\\u8364 ${'a'.repeat(1000)}`),
  rtf('object', () => `{\\object\\objdata ${'d0cf11e0'.repeat(3 * million)}}`),
  rtf(
    'fonts',
    () => `{\\fonttbl${Array.from({ length: million / 4 }, (_, at) => `{\\f${at}\\fcharset134 x;}`).join('')}}a`,
  ),
  rtf('cells', () => `\\trowd${'\\intbl a\\cell'.repeat(million / 4)}\\row`),
  rtf('tables', () => '\\trowd\\intbl a\\nestcell\\nestrow'.repeat(million / 8)),
  rtf('notes', () => '{\\footnote '.repeat(200_000)),
  rtf(
    'field',
    () => `{\\field{\\*\\fldinst INCLUDEPICTURE "${elsewhere}.png" \\\\d}{\\fldrslt a}}{\\*\\template ${secretFile}}`,
  ),
];

export const htmlBombs: readonly Bomb[] = [
  html('deep', () => '<div>'.repeat(300_000)),
  html('attributes', () => `<p ${Array.from({ length: 300_000 }, (_, at) => `a${at}=1`).join(' ')}>a`),
  html('spans', () => '<table><tr><td colspan=999999999 rowspan=999999999>a</table>'.repeat(1000)),
  html('tables', () => '<table><tr><td>'.repeat(60_000)),
  html('tag', () => `<p ${'x'.repeat(10 * million)}`),
  html('comment', () => `<!-- ${'-- '.repeat(3 * million)}`),
  html('entities', () => '&ampamp;&#99999999999;&bogus;'.repeat(million / 4)),
  html(
    'links',
    () =>
      `<img src="${elsewhere}"><iframe src="file://${secretFile}"></iframe><object data="${elsewhere}"></object><p>a`,
  ),
  html('formatting', () => '<b><i><a href=x>'.repeat(100_000)),
  html('lists', () => '<ol><li>'.repeat(100_000)),
];

export const mailBombs: readonly Bomb[] = [
  mail('parts-in-parts', () =>
    Array.from({ length: 2000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`).join(''),
  ),
  mail('mails-in-mails', () => `${`Content-Type: message/rfc822\n\n${head}`.repeat(2000)}\na`),
  mail('attachments', () =>
    mixed(
      Array.from(
        { length: 60_000 },
        (_, at) => `Content-Type: text/plain; name="${at}.txt"\nContent-Disposition: attachment\n\nx`,
      ),
    ),
  ),
  mail('header', () => `X-Long: ${'a'.repeat(15 * million)}\n\na`),
  mail('headers', () => `${'X-A: b\n'.repeat(million)}\na`),
  mail('zeros', () => `Content-Transfer-Encoding: base64\n\n${'AAAA'.repeat(12 * million)}`),
  mail('line', () => `Content-Transfer-Encoding: quoted-printable\n\n${'=41=\n'.repeat(2 * million)}`),
  mail('words', () => `Subject: ${'=?utf-8?b?5Lit?= '.repeat(300_000)}\n\na`),
  mail('bomb-inside', () => {
    const inside = makeZip(wordMembers('<w:p><w:r><w:t>&j;</w:t></w:r></w:p>', laughs)).toString('base64');
    return mixed([
      `Content-Type: application/zip; name="../../x.docx"\nContent-Transfer-Encoding: base64\n\n${inside}`,
    ]);
  }),
  mail(
    'remote',
    () => `Content-Type: text/html\n\n<img src="${elsewhere}"><link rel=stylesheet href="file://${secretFile}"><p>a`,
  ),
  mail(
    'external-body',
    () =>
      `Content-Type: message/external-body; access-type=local-file; name="${secretFile}"\n\nContent-Type: text/plain\n\na`,
  ),
];

export const plainBombs: readonly Bomb[] = [
  bomb('delimiters.csv', () => `a,b\n${','.repeat(5 * million)}\n1,2\n`),
  bomb('quote.csv', () => `a,b\n"${'x\n'.repeat(4 * million)}`),
  bomb('rows.csv', () => 'a,b\n'.repeat(2 * million)),
  bomb('deep.json', () => '['.repeat(5 * million)),
  bomb('keys.json', () => `{${Array.from({ length: 400_000 }, (_, at) => `"k${at}":1`).join(',')}}`),
  bomb('line.txt', () => 'a'.repeat(19 * million)),
  bomb('lines.txt', () => '\n'.repeat(15 * million)),
  bomb('directions.txt', () => '\u202e\u2066\u200b'.repeat(million)),
  bomb('combining.txt', () => `a${'\u0301'.repeat(3 * million)}`),
  bomb('times.srt', () => '1\n99:99:99,999 --> 00:00:00,000\na\n\n'.repeat(300_000)),
  bomb('cue.vtt', () => `WEBVTT\n\n00:00.000 --> 00:01.000\n${'<c.'.repeat(million)}`),
  bomb('headings.md', () => '# a\n'.repeat(million)),
  bomb('quotes.md', () => `${'> '.repeat(million)}a`),
  bomb('laughs.xml', () => `<?xml version="1.0"?>${laughs}<x>&j;</x>`),
  bomb('outside.xml', () => `<?xml version="1.0"?>${outsideEntity}<x>&s;</x>`),
];
