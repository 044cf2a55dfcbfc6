import type { Image, Link, PhrasingContent } from 'mdast';
import { findAddresses } from './addresses.ts';
import type { MathsNode } from './maths-construct.ts';
import type { Inline } from './tree.ts';

/** The text that a tree was made from. */
export interface Written {
  readonly text: string;
  /** Places of backslashes that are seen nowhere. */
  readonly needed: ReadonlySet<number>;
}

/** What stands in a line. `inCell`: in a cell of a table, where `<br>` is the only way to end one. */
export function toInlines(nodes: readonly PhrasingContent[], written: Written, inCell = false): readonly Inline[] {
  return joinTexts(nodes.flatMap((node) => toInline(node, written, inCell)));
}

function toInline(node: PhrasingContent | MathsNode, written: Written, inCell: boolean): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return withAddresses(node.value);
    case 'maths':
      return [toMaths(node, written)];
    case 'html':
      return inCell && /^<br\s*\/?>$/i.test(node.value) ? [{ kind: 'break' }] : lines(node.value);
    case 'break':
      return [{ kind: 'break' }];
    case 'strong':
    case 'emphasis':
      return [{ kind: node.type, children: toInlines(node.children, written, inCell) }];
    case 'delete':
      return [{ kind: 'struck', children: toInlines(node.children, written, inCell) }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'footnoteReference':
      return [{ kind: 'note-call', label: node.label ?? node.identifier }];
    case 'link':
    case 'image':
      return toLink(node, written, inCell);
    default:
      return [];
  }
}

/** Marks of the blocks around it, which begin its lines, are none of its own. */
function toMaths({ position }: MathsNode, { text }: Written): Inline {
  const written = text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0).replaceAll(/\n[ \t>]*/g, '\n');
  const [, opening = ''] = /^(\$\$?|\\[([])/.exec(written) ?? [];
  const tex = written.slice(opening.length, written.length - opening.length);
  return { kind: 'maths', tex, display: opening !== '$' && opening !== '\\(', written };
}

function lines(text: string): readonly Inline[] {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index): Inline[] => [
      ...(index > 0 ? [{ kind: 'break' } as const] : []),
      ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
    ]);
}

function joinTexts(inlines: readonly Inline[]): readonly Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    else joined.push(inline);
  }
  return joined;
}

function withAddresses(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const { start, end } of findAddresses(text)) {
    const shown = text.slice(start, end);
    const address = shown.includes('://') ? shown : /^www\./i.test(shown) ? `http://${shown}` : `mailto:${shown}`;
    found.push(...lines(text.slice(from, start)), { kind: 'link', address, children: [{ kind: 'text', text: shown }] });
    from = end;
  }
  return [...found, ...lines(text.slice(from))];
}

/** Only web and mail addresses make a link. What looks like one to anything else, such as `a[1](2)`, is shown as it is written. */
function toLink(node: Link | Image, written: Written, inCell: boolean): readonly Inline[] {
  const inner = node.type === 'link' ? withoutLinks(toInlines(node.children, written, inCell)) : lines(node.alt ?? '');
  const children = node.title ? joinTexts([...inner, ...lines(` (${node.title})`)]) : inner;
  if (/^(?:https?:\/\/|mailto:)\S/i.test(node.url))
    return [{ kind: 'link', address: node.url, children: children.length > 0 ? children : lines(node.url) }];
  // Pictures in the text itself are no text.
  if (/^data:image\//i.test(node.url)) return children;
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  if (node.type === 'image') return lines(written.text.slice(start, end));
  const from = node.children[0]?.position?.start.offset ?? end;
  const to = node.children.at(-1)?.position?.end.offset ?? end;
  return [...lines(written.text.slice(start, from)), ...inner, ...lines(written.text.slice(to, end))];
}

/** A link holds no link: an address that is the text of one is text there. */
function withoutLinks(inlines: readonly Inline[]): readonly Inline[] {
  return joinTexts(
    inlines.flatMap((inline): readonly Inline[] => {
      if (inline.kind === 'link') return withoutLinks(inline.children);
      return 'children' in inline ? [{ ...inline, children: withoutLinks(inline.children) }] : [inline];
    }),
  );
}

/** The text of a line alone. */
export function textOfInlines(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return textOfInlines(inline.children);
      if (inline.kind === 'break') return '\n';
      if (inline.kind === 'maths') return inline.written;
      return inline.kind === 'note-call' ? `[${inline.label}]` : inline.text;
    })
    .join('');
}
