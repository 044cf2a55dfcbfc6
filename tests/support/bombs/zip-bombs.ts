import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReadBudget } from '../../../documents/budget.ts';
import { openZip } from '../../../documents/zip/open-zip.ts';
import { factFolder } from '../fact-files.ts';
import { type MadeMember, makeZip } from '../make-zip.ts';
import { type Bomb, elsewhere, laughs, outsideEntity, outsideList, secretFile } from './bomb.ts';

/** A kind in a ZIP: a file to begin with, and the member that holds its text. */
interface ZipKind {
  readonly file: string;
  readonly text: RegExp;
}

const kinds: readonly ZipKind[] = [
  { file: 'docx-python-en.docx', text: /^word\/document\.xml$/ },
  { file: 'xlsx-openpyxl-zh.xlsx', text: /^xl\/worksheets\/sheet1\.xml$/ },
  { file: 'pptx-python-zh.pptx', text: /^ppt\/slides\/slide1\.xml$/ },
  { file: 'odt-odfpy-en.odt', text: /^content\.xml$/ },
  { file: 'ods-libreoffice-zh.ods', text: /^content\.xml$/ },
  { file: 'odp-libreoffice-en.odp', text: /^content\.xml$/ },
  { file: 'epub-ebooklib-zh.epub', text: /c0\.xhtml$/ },
];

type Change = (xml: string) => string;

/** Ten for each kind; `members` are those of an honest file. */
const changes: Readonly<Record<string, Change>> = {
  laughs: (xml) => withDoctype(xml, laughs, '&j;'),
  'outside-entity': (xml) => withDoctype(xml, outsideEntity, '&s;'),
  'outside-list': (xml) => withDoctype(xml, outsideList, '&s;'),
  deep: (xml) => inRoot(xml, '<x>'.repeat(200_000)),
  attributes: (xml) => inRoot(xml, `<x ${Array.from({ length: 200_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`),
  letters: (xml) => inRoot(xml, 'a'.repeat(90_000_000)),
  'remote-picture': (xml) =>
    inRoot(
      xml,
      `<img xmlns="" src="${elsewhere}.png" href="file://${secretFile}"/><?xml-stylesheet href="${elsewhere}.css"?>`,
    ),
};

/** All bombs of the kinds that are ZIP archives, and of archives themselves. */
export async function zipBombs(): Promise<readonly Bomb[]> {
  const bombs: Bomb[] = [...archiveBombs];
  for (const { file, text } of kinds) {
    const members = await membersOf(join(factFolder, file));
    const ending = file.split('.').at(-1) ?? '';
    for (const [name, change] of Object.entries(changes))
      bombs.push({
        name: `${name}.${ending}`,
        make: () => makeZip(members.map((member) => changed(member, text, change))),
      });
    bombs.push(
      { name: `members.${ending}`, make: () => makeZip([...members, ...many(21_000)]) },
      { name: `one-for-all.${ending}`, make: () => oneForAll(makeZip([...members, ...many(2_000)])) },
      {
        name: `lies.${ending}`,
        make: () =>
          makeZip(members.map((member) => (text.test(member.name) ? { ...member, says: { bytes: 7 } } : member))),
      },
    );
  }
  return bombs;
}

const archiveBombs: readonly Bomb[] = [
  { name: 'nested.zip', make: () => nested(40) },
  { name: 'wide.zip', make: () => makeZip(many(21_000)) },
  {
    name: 'names.zip',
    make: () => makeZip(Array.from({ length: 300 }, (_, at) => ({ name: `${at}${'x'.repeat(60_000)}`, content: '' }))),
  },
  {
    name: 'paths.zip',
    make: () =>
      makeZip([
        { name: '../../../../etc/passwd', content: 'x' },
        { name: '/etc/passwd', content: 'x' },
        { name: 'C:\\x', content: 'x' },
      ]),
  },
  { name: 'zeros.zip', make: () => makeZip([{ name: 'zeros', content: Buffer.alloc(200_000_000) }]) },
  {
    name: 'large.zip',
    make: () => makeZip([{ name: 'a', content: 'x', says: { bytes: 0xfffffffe, packed: 0xfffffffe } }]),
  },
  {
    name: 'end.zip',
    make: () => Buffer.concat([makeZip([{ name: 'a', content: 'x' }]), Buffer.from('PK\x05\x06'.repeat(20_000))]),
  },
  { name: 'backwards.zip', make: () => pointed(makeZip(many(3)), 0xfffffff0) },
  { name: 'itself.zip', make: () => pointed(makeZip(many(3)), 0) },
  { name: 'locked.zip', make: () => makeZip([{ name: 'a', content: 'x', says: { flags: 0x801 } }]) },
];

function changed(member: MadeMember, text: RegExp, change: Change): MadeMember {
  return text.test(member.name) ? { name: member.name, content: change(member.content.toString()) } : member;
}

function withDoctype(xml: string, doctype: string, said: string): string {
  const body = inRoot(xml.replace(/<!DOCTYPE[^>]*>/i, ''), said);
  const head = /^\s*<\?xml[^>]*\?>/.exec(body)?.[0] ?? '';
  return head + doctype + body.slice(head.length);
}

/** Puts something where the first text stands, else at the end of the root. */
function inRoot(xml: string, what: string): string {
  const at = /<(?:w:t|t|a:t|text:p|p)(?: [^>]*)?>/.exec(xml);
  const place = at === null ? xml.lastIndexOf('</') : at.index + at[0].length;
  return xml.slice(0, place) + what + xml.slice(place);
}

function many(count: number): readonly MadeMember[] {
  return Array.from({ length: count }, (_, at) => ({ name: `more/${at}.xml`, content: '<x/>' }));
}

function nested(depth: number): Buffer {
  let inner = Buffer.alloc(1_000_000);
  for (let at = 0; at < depth; at += 1)
    inner = Buffer.from(
      makeZip([
        { name: `${at}.zip`, content: inner },
        { name: `${at}-again.zip`, content: inner },
      ]),
    );
  return inner;
}

/** Every entry of the directory leads to the first file, as in archives whose members lie over one another. */
function oneForAll(zip: Buffer): Buffer {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4))
    zip.writeUInt32LE(0, at + 42);
  return zip;
}

/** The end says that the directory is elsewhere. */
function pointed(zip: Buffer, offset: number): Buffer {
  zip.writeUInt32LE(offset, zip.lastIndexOf('PK\x05\x06') + 16);
  return zip;
}

async function membersOf(path: string): Promise<readonly MadeMember[]> {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = statSync(path).size;
    const zip = await openZip({ descriptor, name: path, bytes }, new ReadBudget(bytes));
    const made: MadeMember[] = [];
    for (const { name, isFolder } of zip.members) {
      if (isFolder) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of zip.chunks(name)) chunks.push(chunk);
      made.push({ name, content: Buffer.concat(chunks), isStored: name === 'mimetype' });
    }
    return made;
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a file of the corpus of facts. */
export function factBytes(file: string): Buffer {
  return readFileSync(join(factFolder, file));
}
