import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { AppError } from '../../../contract/errors.ts';
import { locatorNameCharacters } from '../../../contract/locator.ts';
import { slicesOf } from '../../../text/slices.ts';
import { ReadBudget } from '../../budget.ts';
import type { DocumentReader } from '../../document-reader.ts';
import { readBytes } from '../../input.ts';
import { HtmlBlocks } from '../html/html-blocks.ts';
import { type KindSection, numberedSections } from '../sections.ts';
import { attachedText, isAttachedText } from './attached-text.ts';

/** Attachments come along in it: more than one document, and little of it text. */
const mailLimitBytes = 60_000_000;
const sectionCharacters = 1500;
/** Messages that were passed on in one another, all counted. */
const mostMessages = 50;

/** A message as a mail program keeps it (RFC 5322): who, when, what, with text that is attached and messages passed on. */
export const readMail: DocumentReader = async function* (input, span) {
  if (input.bytes > mailLimitBytes) throw new AppError('file/too-large', `a message of ${input.bytes} bytes`);
  const messages = await messagesOf(readBytes(input, 0, input.bytes));
  const total = messages.length;
  yield { type: 'kind', kind: 'mail', unit: 'message', total, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(messages, new ReadBudget(input.bytes)), span);
};

/** The message and those passed on in it, the outermost first. */
async function messagesOf(bytes: Buffer): Promise<readonly Email[]> {
  const messages: Email[] = [];
  const waiting: Uint8Array[] = [bytes];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (messages.length >= mostMessages) break;
    const message = await parse(next);
    messages.push(message);
    for (const attachment of message.attachments) if (isMessage(attachment)) waiting.push(contentOf(attachment));
  }
  return messages;
}

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 50 });
  } catch (error) {
    throw new AppError('file/damaged', error instanceof Error ? error.message : String(error));
  }
}

async function* sectionsOf(messages: readonly Email[], budget: ReadBudget): AsyncGenerator<KindSection> {
  for (const [index, message] of messages.entries()) {
    const number = index + 1;
    const parts = [{ part: null as string | null, text: `${headOf(message)}\n\n${bodyOf(message, budget)}`.trim() }];
    for (const attachment of message.attachments) {
      const text = await textOf(attachment);
      if (text !== null) parts.push({ part: nameOf(attachment), text });
    }
    for (const [place, { part, text }] of parts.entries()) {
      budget.takeCharacters(text.length);
      const slices = [...slicesOf(text, sectionCharacters)];
      for (const [at, [start, end]] of slices.entries()) {
        const isLast = place === parts.length - 1 && at === slices.length - 1;
        yield {
          locator: { unit: 'message', first: number, last: number, part },
          text: text.slice(start, end).trim(),
          read: isLast ? number : index,
        };
      }
    }
  }
}

/** The lines above a message, as mail programs write them. */
function headOf({ from, to, cc, subject, date, attachments }: Email): string {
  const lines: readonly (readonly [string, string])[] = [
    ['From', from === undefined ? '' : addressText(from)],
    ['To', (to ?? []).map(addressText).join(', ')],
    ['Cc', (cc ?? []).map(addressText).join(', ')],
    ['Date', date ?? ''],
    ['Subject', subject ?? ''],
    ...attachments.map((attachment) => ['Attachment', `${nameOf(attachment)} (${attachment.mimeType})`] as const),
  ];
  return lines.flatMap(([name, value]) => (value.trim() === '' ? [] : [`${name}: ${value.trim()}`])).join('\n');
}

function addressText({ name, address, group }: Address): string {
  if (group !== undefined) return `${name}: ${group.map(addressText).join(', ')}`;
  return name === '' ? (address ?? '') : `${name} <${address ?? ''}>`;
}

/** What the message itself says; of a message that is only a page, what the page shows. */
function bodyOf({ text, html }: Email, budget: ReadBudget): string {
  if (text !== undefined && text.trim() !== '') return text.replaceAll(/\r\n?/g, '\n').trim();
  const page = new HtmlBlocks(budget);
  page.write(html ?? '');
  page.end();
  return page.blocks
    .map((block, index) => (index === 0 ? '' : block.close === true ? '\n' : '\n\n') + block.text)
    .join('');
}

async function textOf(attachment: Attachment): Promise<string | null> {
  // What a message calls by no name of a kind is text (RFC 2045, 5.2).
  const isText = isAttachedText(attachment.mimeType, '') || !attachment.mimeType.includes('/');
  return isText ? attachedText(contentOf(attachment)) : null;
}

function isMessage({ mimeType }: Attachment): boolean {
  return mimeType === 'message/rfc822';
}

function nameOf({ filename, mimeType }: Attachment): string {
  return (filename ?? mimeType).replaceAll(/\s+/g, ' ').slice(0, locatorNameCharacters).toWellFormed();
}

function contentOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.length);
}
