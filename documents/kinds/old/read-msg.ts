import { locatorNameCharacters } from '../../../contract/locator.ts';
import { slicesOf } from '../../../text/slices.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { decodeText } from '../../text/decode.ts';
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

async function* sectionsOf(document: OldDocument): AsyncGenerator<KindSection> {
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

function headOf(document: OldDocument): string {
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

function bodyOf(document: OldDocument): string {
  const plain = textOf(document, '', properties.body);
  if (plain !== '') return plain.replaceAll(/\r\n?/g, '\n');
  const html = document.compound.stream(`/__substg1.0_${properties.html}0102`);
  const page = new HtmlBlocks(document.budget);
  page.write(html === null ? '' : (decodeText(html) ?? ''));
  page.end();
  return page.blocks.map(({ text }) => text).join('\n\n');
}

function attachmentsOf(document: OldDocument): readonly string[] {
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
function textOf({ compound }: OldDocument, folder: string, property: string): string {
  const wide = compound.stream(`${folder}/__substg1.0_${property}001F`);
  const text =
    wide?.toString('utf16le') ?? decodeText(compound.stream(`${folder}/__substg1.0_${property}001E`) ?? Buffer.of());
  return (text ?? '').replaceAll('\0', '').toWellFormed().trim();
}

function sentTime({ compound }: OldDocument): string {
  const list = compound.stream('/__properties_version1.0');
  for (let at = headOfProperties; list !== null && at + 16 <= list.length; at += 16)
    if (list.readUInt32LE(at) === sentAt) {
      const time = new Date(Number((list.readBigUInt64LE(at + 8) - ticksTo1970) / 10_000n));
      return Number.isNaN(time.getTime()) ? '' : time.toISOString();
    }
  return '';
}
