import { common, createLowlight } from 'lowlight';

/** A piece of highlighted code: plain text, or pieces of one class. */
export type HighlightNode = string | { readonly className: string; readonly children: readonly HighlightNode[] };

interface HastNode {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly HastNode[];
}

/** Longer code is shown plain: colours are not worth a stutter. */
const longestHighlighted = 60_000;
const lowlight = createLowlight(common);

export function highlightCode(language: string | null, text: string): readonly HighlightNode[] {
  if (language === null || text.length > longestHighlighted || !lowlight.registered(language)) return [text];
  const root: HastNode = lowlight.highlight(language, text);
  return (root.children ?? []).map(toNode);
}

function toNode(node: HastNode): HighlightNode {
  if (node.type === 'text') return node.value ?? '';
  const names = node.properties?.className;
  const className = Array.isArray(names) ? names.filter((name) => typeof name === 'string').join(' ') : '';
  return { className, children: (node.children ?? []).map(toNode) };
}
