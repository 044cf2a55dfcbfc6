import { lexer, type Token, type Tokens } from 'marked';
import type { RichText } from '../../contract/desktop.ts';

/** A longer answer goes in as it is. */
const longestConverted = 200_000;
const linkSchemes: readonly string[] = ['http:', 'https:', 'mailto:'];
/** Kinds of tokens that are more than plain paragraphs. */
const structure = new Set([
  'heading',
  'list',
  'table',
  'blockquote',
  'code',
  'strong',
  'em',
  'del',
  'codespan',
  'link',
]);

/**
 * An answer's Markdown as rich text; null when there is nothing in it but plain paragraphs. The text is a model's and may be
 * hostile: only the elements written here come out, everything else is escaped text; no images, no attributes but the
 * addresses of links, and those only http, https and mailto.
 */
export function toRichText(markdown: string): RichText | null {
  if (markdown.length > longestConverted) return null;
  try {
    const tokens = lexer(markdown, { gfm: true });
    if (!tokens.some(hasStructure)) return null;
    const { html, text } = whole(tokens);
    return { html, text: text.trim() };
  } catch {
    // Nested deeper than can be followed: it goes in as it is.
    return null;
  }
}

/** One paragraph alone goes into the line where it is put, without one of its own. */
function whole(tokens: readonly Token[]): RichText {
  const written = tokens.filter(({ type }) => type !== 'space' && type !== 'def');
  const only = written.length === 1 ? written[0] : undefined;
  return only?.type === 'paragraph' ? inline(childrenOf(only)) : blocks(written);
}

function hasStructure(token: Token): boolean {
  return structure.has(token.type) || childrenOf(token).some(hasStructure);
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
}

function blocks(tokens: readonly Token[]): RichText {
  const parts = tokens.filter(({ type }) => type !== 'space' && type !== 'def').map(block);
  return { html: parts.map(({ html }) => html).join(''), text: parts.map(({ text }) => text).join('\n\n') };
}

function block(token: Token): RichText {
  switch (token.type) {
    case 'heading': {
      const level = Math.min(6, Math.max(1, (token as Tokens.Heading).depth));
      return within(`h${level}`, inline(childrenOf(token)));
    }
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    case 'blockquote':
      return within('blockquote', blocks(childrenOf(token)));
    case 'code':
      return within('pre', plain((token as Tokens.Code).text));
    case 'hr':
      return { html: '<hr>', text: '' };
    case 'text':
    case 'paragraph':
      return within('p', childrenOf(token).length > 0 ? inline(childrenOf(token)) : plain((token as Tokens.Text).text));
    default:
      return within('p', plain(token.raw.trimEnd()));
  }
}

function list({ ordered, start, items }: Tokens.List): RichText {
  const first = Number(start) || 1;
  const parts = items.map((item, index) => {
    const { html, text } = listItem(item);
    return {
      html: `<li>${html}</li>`,
      text: `${ordered ? `${first + index}.` : '•'} ${text.replaceAll('\n', '\n  ')}`,
    };
  });
  const tag = ordered ? 'ol' : 'ul';
  const html = parts.map((part) => part.html).join('');
  return { html: `<${tag}>${html}</${tag}>`, text: parts.map(({ text }) => text).join('\n') };
}

/** A tight item holds its text without a paragraph around it. */
function listItem(item: Tokens.ListItem): RichText {
  const parts = childrenOf(item)
    .filter(({ type }) => type !== 'space' && type !== 'checkbox')
    .map((token) => (token.type === 'text' ? inline(childrenOf(token)) : block(token)));
  return { html: parts.map(({ html }) => html).join(''), text: parts.map(({ text }) => text).join('\n') };
}

function table({ header, rows }: Tokens.Table): RichText {
  const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') => {
    const parts = cells.map(({ tokens }) => inline(tokens));
    const html = parts.map((part) => `<${tag}>${part.html}</${tag}>`).join('');
    return { html: `<tr>${html}</tr>`, text: parts.map(({ text }) => text).join('\t') };
  };
  const all = [row(header, 'th'), ...rows.map((cells) => row(cells, 'td'))];
  const html = all.map((one) => one.html).join('');
  return { html: `<table>${html}</table>`, text: all.map(({ text }) => text).join('\n') };
}

function inline(tokens: readonly Token[]): RichText {
  const parts = tokens.map(inlinePart);
  return { html: parts.map(({ html }) => html).join(''), text: parts.map(({ text }) => text).join('') };
}

function inlinePart(token: Token): RichText {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return within(token.type, inline(childrenOf(token)));
    case 'codespan':
      return within('code', plain((token as Tokens.Codespan).text));
    case 'br':
      return { html: '<br>', text: '\n' };
    case 'link':
      return link(token as Tokens.Link);
    case 'image':
    case 'escape':
      return plain((token as Tokens.Image | Tokens.Escape).text);
    case 'text':
      return childrenOf(token).length > 0 ? inline(childrenOf(token)) : plain((token as Tokens.Text).text);
    default:
      return plain(token.raw);
  }
}

function link(token: Tokens.Link): RichText {
  const inner = inline(childrenOf(token));
  const address = linkAddress(token.href);
  if (address === null) return inner;
  const isItsText = inner.text === token.href || inner.text === address;
  return {
    html: `<a href="${escapeText(address)}">${inner.html}</a>`,
    text: isItsText ? inner.text : `${inner.text} (${address})`,
  };
}

function linkAddress(href: string): string | null {
  try {
    const url = new URL(href);
    return linkSchemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function within(tag: string, { html, text }: RichText): RichText {
  return { html: `<${tag}>${html}</${tag}>`, text };
}

function plain(text: string): RichText {
  return { html: escapeText(text), text };
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
