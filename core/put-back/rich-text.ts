import type { RichText } from '../../contract/desktop.ts';
import { escapeHtml } from '../../text/escape-html.ts';
import { parseMarkdown } from '../../text/markdown/parse.ts';
import type { Block, Inline, ListBlock, ListItem, TableBlock } from '../../text/markdown/tree.ts';

/** A longer answer goes in as it is: reading it would keep core from everything else. */
const longestConverted = 100_000;
const linkSchemes: readonly string[] = ['http:', 'https:', 'mailto:'];
const elements = { strong: 'strong', emphasis: 'em', struck: 'del' } as const;

/**
 * An answer's Markdown as rich text; null when there is nothing in it but plain paragraphs. The text is a model's and may be
 * hostile: only the elements written here come out, everything else is escaped text; no images, no attributes but numbers of
 * lists, the direction of writing and the addresses of links, and those only http, https and mailto. It is made from the
 * same tree that the page draws, so that a document gets what was on the screen.
 */
export function toRichText(markdown: string): RichText | null {
  if (markdown.length > longestConverted) return null;
  try {
    const read = parseMarkdown(markdown);
    if (read === null || !hasStructure(read, markdown)) return null;
    const { html, text } = whole(read);
    return { html, text: text.trim() };
  } catch {
    // Nested deeper than can be followed: it goes in as it is.
    return null;
  }
}

/** One paragraph alone goes into the line where it is put, without one of its own. */
function whole(read: readonly Block[]): RichText {
  const only = read.length === 1 ? read[0] : undefined;
  return only?.kind === 'paragraph' && !only.rightToLeft ? line(only.children) : blocks(read);
}

/** More than plain paragraphs, or a backslash that only kept a mark from formatting. */
function hasStructure(read: readonly Block[], markdown: string): boolean {
  const isPlain = (inline: Inline) => inline.kind === 'text' || inline.kind === 'break' || inline.kind === 'maths';
  const plain = read.every((block) => {
    if (block.kind === 'paragraph') return block.children.every(isPlain);
    return block.kind === 'verbatim' || block.kind === 'rule';
  });
  return !plain || (markdown.includes('\\') && count(blocks(read).text) < count(markdown));
}

function count(text: string): number {
  return text.split('\\').length;
}

function blocks(read: readonly Block[]): RichText {
  const parts = read.map(block);
  return { html: join(parts, 'html', ''), text: join(parts, 'text', '\n\n') };
}

function block(read: Block): RichText {
  switch (read.kind) {
    case 'heading':
      return within(`h${read.level}`, line(read.children), directionOf(read));
    case 'list':
      return list(read);
    case 'table':
      return table(read);
    case 'quote':
      return within('blockquote', blocks(read.blocks), directionOf(read));
    case 'note':
      return blocks(read.blocks);
    case 'code':
      return within('pre', plain(read.text));
    case 'rule':
      return { html: '<hr>', text: read.written };
    case 'verbatim':
      return within('p', verbatim(read.text), directionOf(read));
    case 'paragraph':
      return within('p', line(read.children), directionOf(read));
  }
}

function directionOf({ rightToLeft }: { readonly rightToLeft: boolean }): string {
  return rightToLeft ? ' dir="rtl"' : '';
}

/** Spaces that begin a line would be lost in HTML. */
function verbatim(text: string): RichText {
  const lines = text.split('\n').map((one) => escapeHtml(one.replace(/^[ \t]+/, indented)));
  return { html: lines.join('<br>'), text };
}

function indented(spaces: string): string {
  return '\u00A0'.repeat(spaces.replaceAll('\t', '    ').length);
}

function list(read: ListBlock): RichText {
  const parts = read.items.map((item, index) => listItem(item, read, index));
  const html = join(parts, 'html', '');
  const first = read.items[0]?.number ?? null;
  const start = first === null || numberIn(first) === 1 ? '' : ` start="${numberIn(first)}"`;
  const tag = read.ordered ? 'ol' : 'ul';
  return { html: `<${tag}${start}${directionOf(read)}>${html}</${tag}>`, text: join(parts, 'text', '\n') };
}

/** Its number is told where it does not follow from the one before. */
function listItem(item: ListItem, { loose, items }: ListBlock, index: number): RichText {
  const { html, text } = itemBlocks(item, loose);
  const box = item.done === null ? '' : `${item.done ? '☑' : '☐'} `;
  const before = items[index - 1]?.number ?? null;
  const follows = item.number === null || before === null || numberIn(before) + 1 === numberIn(item.number);
  const value = follows ? '' : ` value="${numberIn(item.number ?? '')}"`;
  return {
    html: `<li${value}${directionOf(item)}>${box}${html}</li>`,
    text: `${item.number ?? '•'} ${box}${text.replaceAll('\n', '\n  ')}`,
  };
}

/** A tight item holds its text without a paragraph around it. */
function itemBlocks(item: ListItem, loose: boolean): RichText {
  const parts = item.blocks.map((read) => (read.kind === 'paragraph' && !loose ? line(read.children) : block(read)));
  return { html: join(parts, 'html', ''), text: join(parts, 'text', '\n') };
}

function numberIn(number: string): number {
  return Number.parseInt(number, 10);
}

function table(read: TableBlock): RichText {
  const parts = read.rows.map((cells, index) => {
    const tag = index === 0 ? 'th' : 'td';
    const row = cells.map((cell) => within(tag, line(cell)));
    return { html: `<tr>${join(row, 'html', '')}</tr>`, text: join(row, 'text', '\t') };
  });
  return { html: `<table${directionOf(read)}>${join(parts, 'html', '')}</table>`, text: join(parts, 'text', '\n') };
}

function line(inlines: readonly Inline[]): RichText {
  const parts = inlines.map(inlinePart);
  return { html: join(parts, 'html', ''), text: join(parts, 'text', '') };
}

function inlinePart(inline: Inline): RichText {
  switch (inline.kind) {
    case 'text':
      return plain(inline.text);
    case 'break':
      return { html: '<br>', text: '\n' };
    case 'code':
      return within('code', plain(inline.text));
    // Documents know LaTeX in many ways, and MathML in few: it goes in as it was written.
    case 'maths':
      return plain(inline.written);
    case 'note-call':
      return plain(`[${inline.label}]`);
    case 'link':
      return link(inline.address, inline.children);
    default:
      return within(elements[inline.kind], line(inline.children));
  }
}

function link(written: string, children: readonly Inline[]): RichText {
  const inner = line(children);
  const address = linkAddress(written);
  const isItsText = inner.text === written || inner.text === address || `mailto:${inner.text}` === written;
  const told = isItsText || `http://${inner.text}` === written ? '' : ` (${address ?? written})`;
  if (address === null) return { html: `${inner.html}${escapeHtml(told)}`, text: `${inner.text}${told}` };
  return { html: `<a href="${escapeHtml(address)}">${inner.html}</a>`, text: `${inner.text}${told}` };
}

function linkAddress(written: string): string | null {
  try {
    const url = new URL(written);
    return linkSchemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function within(tag: string, { html, text }: RichText, attribute = ''): RichText {
  return { html: `<${tag}${attribute}>${html}</${tag}>`, text };
}

function join(parts: readonly RichText[], of: keyof RichText, between: string): string {
  return parts.map((part) => part[of]).join(between);
}

function plain(text: string): RichText {
  return { html: escapeHtml(text), text };
}
