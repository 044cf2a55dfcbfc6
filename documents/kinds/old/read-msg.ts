import { locatorNameCharacters } from '../../../contract/locator.ts';
import { slicesOf } from '../../../text/slices.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { decodeBytes, decodeText } from '../../text/decode.ts';
import { loadDetector } from '../../text/detector.ts';
import { HtmlBlocks } from '../html/html-blocks.ts';
import { attachedText, isAttachedText } from '../mail/attached-text.ts';
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
  attachedType: '370E',
  attachedBytes: '3701',
} as const;
/** The code page of its texts in bytes (PidTagMessageCodepage), which older programs leave out. */
const codePage = 0x3ffd0003;
/** The time it was sent, as a number of 100 ns since 1601 (MS-OXMSG, 2.4.2.1). */
const sentAt = 0x00390040;
/** What stands before the list of properties: of a message, and of one that was passed on in it (MS-OXMSG, 2.4.1). */
const headOfProperties = { outermost: 32, passedOn: 24 } as const;
const ticksTo1970 = 116_444_736_000_000_000n;
const sectionCharacters = 1500;
const mostAttachments = 200;
/** Messages that were passed on in one another, all counted. */
const mostMessages = 50;

/** A message that Outlook keeps: who, when, what, with text that is attached and messages passed on. */
export async function* readMsg(document: OldDocument, span: ReadSpan): Numbered {
  const folders = messagesOf(document);
  const total = folders.length;
  yield { type: 'kind', kind: 'mail', unit: 'message', total, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(document, folders), span);
}

/** Where the message and those passed on in it are kept, the outermost first. */
function messagesOf({ compound }: OldDocument): readonly string[] {
  const found = new Set(['']);
  const within = `/__attach_version1\\.0_#[0-9A-F]{8}/__substg1\\.0_${properties.attachedBytes}000D`;
  for (const path of compound.paths) {
    const folder = new RegExp(`^(?:${within})+(?=/__properties_version1\\.0$)`).exec(path)?.[0];
    if (folder !== undefined && found.size < mostMessages) found.add(folder);
  }
  return [...found].sort((one, other) => depthOf(one) - depthOf(other));
}

const depthOf = (folder: string) => folder.split('/').length;

/** A message, and what its texts in bytes are in. */
interface OpenMessage extends OldDocument {
  readonly decode: (bytes: Buffer) => string;
}

async function* sectionsOf(opened: OldDocument, folders: readonly string[]): AsyncGenerator<KindSection> {
  const document: OpenMessage = { ...opened, decode: await decoderOf(opened) };
  for (const [index, folder] of folders.entries()) {
    const number = index + 1;
    const attachments = attachmentsOf(document, folder);
    const parts = [{ part: null as string | null, text: wholeOf(document, folder, attachments) }];
    for (const { name, path, type } of attachments) {
      const bytes = isAttachedText(type, name) ? document.compound.stream(path) : null;
      const text = bytes === null ? null : await attachedText(bytes);
      if (text !== null) parts.push({ part: name, text });
    }
    for (const [place, { part, text }] of parts.entries()) {
      document.budget.takeCharacters(text.length);
      const slices = [...slicesOf(text, sectionCharacters)];
      for (const [at, [start, end]] of slices.entries()) {
        const isLast = place === parts.length - 1 && at === slices.length - 1;
        const locator = { unit: 'message', first: number, last: number, part } as const;
        yield { locator, text: text.slice(start, end).trim(), read: isLast ? number : index };
      }
    }
  }
}

function wholeOf(document: OpenMessage, folder: string, attachments: readonly Attached[]): string {
  return `${headOf(document, folder, attachments)}\n\n${bodyOf(document, folder)}`.trim();
}

function headOf(document: OpenMessage, folder: string, attachments: readonly Attached[]): string {
  const said = (property: string) => textOf(document, folder, property);
  const address = said(properties.senderSmtpAddress) || said(properties.senderAddress);
  const sender = said(properties.sender);
  const from = address.includes('@') && address !== sender ? `${sender} <${address}>`.trim() : sender;
  const lines: readonly (readonly [string, string])[] = [
    ['From', from],
    ['To', said(properties.to)],
    ['Cc', said(properties.cc)],
    ['Date', sentTime(document, folder)],
    ['Subject', said(properties.subject)],
    ...attachments.map(({ name }) => ['Attachment', name] as const),
  ];
  return lines.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])).join('\n');
}

function bodyOf(document: OpenMessage, folder: string): string {
  const plain = textOf(document, folder, properties.body);
  if (plain !== '') return plain.replaceAll(/\r\n?/g, '\n');
  const html = document.compound.stream(`${folder}/__substg1.0_${properties.html}0102`);
  const page = new HtmlBlocks(document.budget);
  page.write(html === null ? textOf(document, folder, properties.html) : (decodeText(html) ?? ''));
  page.end();
  return page.blocks.map(({ text }) => text).join('\n\n');
}

interface Attached {
  readonly name: string;
  /** Where its bytes are. */
  readonly path: string;
  readonly type: string;
}

function attachmentsOf(document: OpenMessage, message: string): readonly Attached[] {
  const folders = new Set<string>();
  for (const path of document.compound.paths) {
    if (!path.startsWith(message)) continue;
    const folder = /^\/__attach_version1\.0_#[0-9A-F]{8}/.exec(path.slice(message.length))?.[0];
    if (folder !== undefined && folders.size < mostAttachments) folders.add(message + folder);
  }
  return [...folders]
    .map((folder) => {
      const said = textOf(document, folder, properties.longFileName) || textOf(document, folder, properties.fileName);
      const name = said.replaceAll(/\s+/g, ' ').slice(0, locatorNameCharacters).toWellFormed();
      const path = `${folder}/__substg1.0_${properties.attachedBytes}0102`;
      return { name, path, type: textOf(document, folder, properties.attachedType) };
    })
    .filter(({ name }) => name !== '');
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

function sentTime({ compound }: OldDocument, folder: string): string {
  const ticks = numberOf(compound, sentAt, folder);
  if (ticks === null) return '';
  const time = new Date(Number((ticks - ticksTo1970) / 10_000n));
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** A property that is a number; null where there is none. */
function numberOf(compound: OldDocument['compound'], property: number, folder = ''): bigint | null {
  const list = compound.stream(`${folder}/__properties_version1.0`);
  const { outermost, passedOn } = headOfProperties;
  for (let at: number = folder === '' ? outermost : passedOn; list !== null && at + 16 <= list.length; at += 16)
    if (list.readUInt32LE(at) === property) return list.readBigUInt64LE(at + 8);
  return null;
}
