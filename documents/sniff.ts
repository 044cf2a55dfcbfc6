import { extname } from 'node:path';
import type { DocumentKind } from '../contract/document.ts';
import { withoutOrders } from './text/terminal-orders.ts';
import { wideEncoding } from './text/wide.ts';

/**
 * What a file is by its content: something that is read, a container whose members tell, a kind that is not read yet, or no
 * text at all.
 */
export type Sniffed =
  | { readonly kind: PlainKind }
  | { readonly format: Format }
  | { readonly notYet: NotYetKind }
  | { readonly notYet: null; readonly kind: null };

/** Kinds that the beginning of a file tells. */
export type PlainKind = Extract<DocumentKind, 'text' | 'markdown' | 'code' | 'table' | 'pdf'>;

/** What is read by a reader of its own: a container whose members tell its kind, or a text with a form. */
export type Format = 'zip' | 'compound' | 'oldSheet' | 'rtf' | 'html' | 'mail' | 'subtitles';

/** Names of kinds as in `locales/` under `fileKind`. */
export const notYetKinds = [
  'excelBinary',
  'openDocument',
  'archive',
  'image',
  'sound',
  'video',
  'program',
  'database',
  'font',
  'oldOffice',
  'model',
] as const;
export type NotYetKind = (typeof notYetKinds)[number];

/** Bytes from the beginning that `sniff` wants to see. */
export const sniffBytes = 8192;

interface Signature {
  /** Bytes as Latin-1 characters. */
  readonly begins: string;
  readonly at?: number;
  readonly notYet: NotYetKind;
}

/** First bytes of well-known formats (the list of file signatures that `file(1)` and others share). */
const signatures: readonly Signature[] = [
  { begins: '\x89PNG\r\n\x1a\n', notYet: 'image' },
  { begins: '\xff\xd8\xff', notYet: 'image' },
  { begins: 'GIF8', notYet: 'image' },
  { begins: 'BM', notYet: 'image' },
  { begins: 'II*\0', notYet: 'image' },
  { begins: 'MM\0*', notYet: 'image' },
  { begins: 'WEBP', at: 8, notYet: 'image' },
  { begins: 'ftypheic', at: 4, notYet: 'image' },
  { begins: 'ftypavif', at: 4, notYet: 'image' },
  { begins: 'ftyp', at: 4, notYet: 'video' },
  { begins: '\x1a\x45\xdf\xa3', notYet: 'video' },
  { begins: 'AVI ', at: 8, notYet: 'video' },
  { begins: 'WAVE', at: 8, notYet: 'sound' },
  { begins: 'ID3', notYet: 'sound' },
  { begins: '\xff\xfb', notYet: 'sound' },
  { begins: 'OggS', notYet: 'sound' },
  { begins: 'fLaC', notYet: 'sound' },
  { begins: '\x7fELF', notYet: 'program' },
  { begins: 'MZ', notYet: 'program' },
  { begins: '\xcf\xfa\xed\xfe', notYet: 'program' },
  { begins: '\xca\xfe\xba\xbe', notYet: 'program' },
  { begins: '\0asm', notYet: 'program' },
  { begins: '\x1f\x8b', notYet: 'archive' },
  { begins: 'BZh', notYet: 'archive' },
  { begins: '\xfd7zXZ\0', notYet: 'archive' },
  { begins: '7z\xbc\xaf\x27\x1c', notYet: 'archive' },
  { begins: 'Rar!\x1a\x07', notYet: 'archive' },
  { begins: '\x28\xb5\x2f\xfd', notYet: 'archive' },
  { begins: 'ustar', at: 257, notYet: 'archive' },
  { begins: 'SQLite format 3\0', notYet: 'database' },
  { begins: '\0\x01\0\0\0', notYet: 'font' },
  { begins: 'OTTO', notYet: 'font' },
  { begins: 'wOF2', notYet: 'font' },
  { begins: 'GGUF', notYet: 'model' },
  // Word 2 for Windows, Word for DOS and for the Macintosh.
  { begins: '\xdb\xa5', notYet: 'oldOffice' },
  { begins: '\x31\xbe\0\0', notYet: 'oldOffice' },
  { begins: '\xfe\x37', notYet: 'oldOffice' },
];
/** Letters begin texts too: such signatures count only where the rest is no text. (RTF, which is one, begins with a brace.) */
const readable = /^[ -z]+$/;

/** Tells a file's kind by its first bytes; its name only tells one kind of text from another. */
export function sniff(head: Buffer, name: string): Sniffed {
  const text = head.toString('latin1');
  // A PDF may have some bytes before its header (ISO 32000, Annex H of Adobe's older reference).
  const before = /^([\s\S]{0,1000}?)%PDF-\d/.exec(text)?.[1];
  const binary = looksBinary(head);
  // What comes before may also be a text that tells of PDFs.
  if (before !== undefined && (before.trim() === '' || binary || extname(name).toLowerCase() === '.pdf'))
    return { kind: 'pdf' };
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return { format: 'zip' };
  if (text.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { format: 'compound' };
  // The beginning of a sheet in Excel 2, 3 and 4 (BIFF, the record BOF).
  if (['\t\0\x04\0', '\t\x02\x06\0', '\t\x04\x06\0'].some((begins) => text.startsWith(begins)))
    return { format: 'oldSheet' };
  const found = signatures.find(
    ({ begins, at = 0 }) => text.startsWith(begins, at) && (!readable.test(begins) || binary),
  );
  if (found !== undefined) return { notYet: found.notYet };
  if (binary) return { notYet: null, kind: null };
  const format = textFormat(text, extname(name).toLowerCase());
  return format === null ? { kind: textKind(name) } : { format };
}

/** NUL bytes of a text whose writer was ended: a share of the whole that no other kind of file stays below. */
const mostNuls = 0.02;

/**
 * No text in any encoding that is read here: many NUL bytes that are no halves of characters, or many control characters that
 * no terminal is told anything by.
 */
function looksBinary(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return false;
  if (wideEncoding(head) !== null) return false;
  const nuls = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nuls > head.length * mostNuls) return true;
  let controls = 0;
  for (const byte of Buffer.from(withoutOrders(head.toString('latin1')), 'latin1'))
    if (
      (byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) ||
      byte === 127
    )
      controls += 1;
  return controls > head.length / 100;
}

/** Lines above a message that only messages have; any two of them begin one (RFC 5322). */
const messageLines =
  /^(?:return-path|received|delivered-to|message-id|mime-version|from|to|date|subject|dkim-signature|x-[a-z-]{1,60}|content-type):/gim;

/** A text with a form of its own, by how it begins; null for any other. Code that only looks so keeps its own kind. */
function textFormat(text: string, ending: string): Format | null {
  const beginning = text
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (beginning.startsWith('{\\rtf')) return 'rtf';
  if (beginning.startsWith('WEBVTT')) return 'subtitles';
  if (/^\d{1,6}\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3} +--> /.test(beginning)) return 'subtitles';
  if (/^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype html|html[\s>])/i.test(beginning))
    return 'html';
  if (/^\.x?html?$/.test(ending) && /<(?:head|body|p|div|h1|table|title)[\s>]/i.test(beginning)) return 'html';
  const head = beginning.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = new Set((head.match(messageLines) ?? []).map((line) => line.toLowerCase()));
  const isMessage = /^(?:[a-z-]{2,60}:|from \S+)/i.test(beginning) && lines.has('from:') && lines.size >= 2;
  return isMessage && (ending === '.eml' || lines.size >= 4) ? 'mail' : null;
}

const tables = /^\.(csv|tsv|tab)$/i;
const markdown = /^\.(md|markdown|mdx)$/i;
const code =
  /^\.(c|cc|cpp|cs|css|dart|ex|fs|go|h|hpp|hs|java|jl|js|json|jsonc|jsx|kt|less|lua|m|mjs|cjs|php|pl|proto|ps1|py|r|rb|rs|scala|scss|sh|sql|svelte|swift|tex|toml|ts|tsx|vue|xml|ya?ml|zig)$/i;

function textKind(name: string): PlainKind {
  const ending = extname(name);
  if (tables.test(ending)) return 'table';
  if (markdown.test(ending)) return 'markdown';
  return code.test(ending) ? 'code' : 'text';
}
