import { locatorNameCharacters } from '../../../contract/locator.ts';
import { slicesOf } from '../../../text/slices.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { decodeBytes, decodeText } from '../../text/decode.ts';
import { loadDetector } from '../../text/detector.ts';
import { HtmlBlocks } from '../html/html-blocks.ts';
import { type KindSection, type Numbered, numberedSections } from '../sections.ts';
import type { OldDocument } from './read-compound.ts';

/** Properties of a message (MS-OXPROPS), by their number in the names of streams. */
const properties = {
  subject: '0037',
  body: '1000',
  html: '1013',
  sender: '0C1A',
  senderAddress: '0C1F',
  senderSmtpAddress: '5D01',
  to: '0E04',
  cc: '0E03',
  longFileName: '3707',
  fileName: '3704',
} as const;
/** The code page of its texts in bytes (PidTagMessageCodepage), which older programs leave out. */
const codePage = 0x3ffd0003;
/** The time it was sent, as a number of 100 ns since 1601 (MS-OXMSG, 2.4.2.1). */
const sentAt = 0x00390040;
const headOfProperties = 32;
const ticksTo1970 = 116_444_736_000_000_000n;
const sectionCharacters = 1500;
const mostAttachments = 200;

/** A message that Outlook keeps: who, when, what, with the names of what is attached. */
export async function* readMsg(document: OldDocument, span: ReadSpan): Numbered {
  yield { type: 'kind', kind: 'mail', unit: 'message', total: 1, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(document), span);
}

/** A message, and what its texts in bytes are in. */
interface OpenMessage extends OldDocument {
  readonly decode: (bytes: Buffer) => string;
}

async function* sectionsOf(opened: OldDocument): AsyncGenerator<KindSection> {
  const document: OpenMessage = { ...opened, decode: await decoderOf(opened) };
  const text = `${headOf(document)}\n\n${bodyOf(document)}`.trim();
  document.budget.takeCharacters(text.length);
  const slices = [...slicesOf(text, sectionCharacters)];
  for (const [index, [start, end]] of slices.entries())
    yield {
      locator: { unit: 'message', first: 1, last: 1, part: null },
      text: text.slice(start, end).trim(),
      read: index === slices.length - 1 ? 1 : 0,
    };
}

function headOf(document: OpenMessage): string {
  const said = (property: string) => textOf(document, '', property);
  const address = said(properties.senderSmtpAddress) || said(properties.senderAddress);
  const sender = said(properties.sender);
  const from = address.includes('@') && address !== sender ? `${sender} <${address}>`.trim() : sender;
  const lines: readonly (readonly [string, string])[] = [
    ['From', from],
    ['To', said(properties.to)],
    ['Cc', said(properties.cc)],
    ['Date', sentTime(document)],
    ['Subject', said(properties.subject)],
    ...attachmentsOf(document).map((name) => ['Attachment', name] as const),
  ];
  return lines.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])).join('\n');
}

function bodyOf(document: OpenMessage): string {
  const plain = textOf(document, '', properties.body);
  if (plain !== '') return plain.replaceAll(/\r\n?/g, '\n');
  const html = document.compound.stream(`/__substg1.0_${properties.html}0102`);
  const page = new HtmlBlocks(document.budget);
  page.write(html === null ? textOf(document, '', properties.html) : (decodeText(html) ?? ''));
  page.end();
  return page.blocks.map(({ text }) => text).join('\n\n');
}

function attachmentsOf(document: OpenMessage): readonly string[] {
  const folders = new Set<string>();
  for (const path of document.compound.paths) {
    const folder = /^\/__attach_version1\.0_#[0-9A-F]{8}/.exec(path)?.[0];
    if (folder !== undefined && folders.size < mostAttachments) folders.add(folder);
  }
  return [...folders]
    .map((folder) => textOf(document, folder, properties.longFileName) || textOf(document, folder, properties.fileName))
    .map((name) => name.replaceAll(/\s+/g, ' ').slice(0, locatorNameCharacters).toWellFormed())
    .filter((name) => name !== '');
}

/** A property in 16-bit characters, or of an older program in bytes. */
function textOf({ compound, decode }: OpenMessage, folder: string, property: string): string {
  const wide = compound.stream(`${folder}/__substg1.0_${property}001F`);
  const narrow = () => decode(compound.stream(`${folder}/__substg1.0_${property}001E`) ?? Buffer.of());
  return (wide?.toString('utf16le') ?? narrow()).replaceAll('\0', '').toWellFormed().trim();
}

/** All texts of one message are in one encoding: where it does not say in which, all of them together tell it. */
async function decoderOf({ compound }: OldDocument): Promise<OpenMessage['decode']> {
  const stated = numberOf(compound, codePage);
  const known = stated === null ? null : decoderFor(Number(stated & 0xffffn));
  if (known !== null) return (bytes) => known.decode(bytes);
  const texts = compound.paths.filter((path) => /^\/__substg1\.0_[0-9A-F]{4}001E$/.test(path));
  const all = Buffer.concat(texts.flatMap((path) => [compound.stream(path) ?? Buffer.of(), Buffer.from('\n')]));
  const isAscii = all.every((byte) => byte < 0x80);
  const found = isAscii ? null : decodeBytes(all, await loadDetector());
  const told = found === null ? null : decoderFor(found.encoding);
  return (bytes) => told?.decode(bytes) ?? decodeText(bytes) ?? '';
}

/** A decoder by a code page or a name; null for one that nobody decodes. */
function decoderFor(encoding: string | number): { readonly decode: (bytes: Buffer) => string } | null {
  const pages: Readonly<Record<number, string>> = {
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    65001: 'utf-8',
  };
  try {
    return new TextDecoder(typeof encoding === 'string' ? encoding : (pages[encoding] ?? `windows-${encoding}`));
  } catch {
    return null;
  }
}

function sentTime({ compound }: OldDocument): string {
  const ticks = numberOf(compound, sentAt);
  if (ticks === null) return '';
  const time = new Date(Number((ticks - ticksTo1970) / 10_000n));
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** A property that is a number; null where there is none. */
function numberOf(compound: OldDocument['compound'], property: number): bigint | null {
  const list = compound.stream('/__properties_version1.0');
  for (let at = headOfProperties; list !== null && at + 16 <= list.length; at += 16)
    if (list.readUInt32LE(at) === property) return list.readBigUInt64LE(at + 8);
  return null;
}
