import { type CSSProperties, createElement, Fragment, type ReactNode } from 'react';
import temml from 'temml';

/** Draws LaTeX as MathML; null for what is no LaTeX, or would not show all of its figures. */
export type DrawMaths = (tex: string, display: boolean) => ReactNode;

/** A node of Temml's tree: an element, a fragment without a type, or a text. */
interface MathNode {
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, unknown>>;
  readonly children?: readonly MathNode[];
  readonly text?: string;
}

/** A longer formula is shown as it is written: drawing it would hold the page up. */
const longest = 3000;
const mostExpansions = 500;

/** Elements that only draw. What hides its content, loads or leads somewhere is not among them, and is drawn as its content. */
const elements = new Set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd menclose'.split(
    ' ',
  ),
);
const attributes = new Set(
  'display displaystyle fence form largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rspace scriptlevel separator stretchy symmetric width height depth'.split(
    ' ',
  ),
);
const styles = new Set('padding paddingLeft paddingRight border borderTop borderBottom mathDepth'.split(' '));
/** What has figures of its own that are not drawn: room after a line, and the columns of a table. */
const unseenFigures = /\\\\\[[^\]]*\]|\\(?:hspace|vspace|kern|mkern|hskip|mskip)\*?\s*\{?[^}\s]*\}?/g;

export const drawMaths: DrawMaths = (tex, display) => {
  if (tex.length > longest) return null;
  try {
    const tree: MathNode = temml.__renderToMathMLTree(tex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: mostExpansions,
      maxSize: [20, 20],
    });
    return figuresOf(tex.replaceAll(unseenFigures, '')) === figuresOf(textOf(tree)) ? toElement(tree, 0) : null;
  } catch {
    return null;
  }
};

/** The figures of a text in no order: an index can be drawn before its root. */
function figuresOf(text: string): string {
  return [...text.normalize('NFKC').replaceAll(/\P{Nd}/gu, '')].sort().join('');
}

function textOf(node: MathNode): string {
  return node.text ?? (node.children ?? []).map(textOf).join('');
}

function toElement(node: MathNode, key: number): ReactNode {
  if (node.text !== undefined) return node.text;
  const children = (node.children ?? []).map(toElement);
  const { type } = node;
  if (type === undefined) return createElement(Fragment, { key }, ...children);
  if (type === 'mspace' && drawsOver(node)) return null;
  const name = elements.has(type) ? type : 'mrow';
  return createElement(
    name,
    { key, ...attributesOf(node), className: classOf(node), style: styleOf(node) },
    ...children,
  );
}

/** Room that is less than none draws one sign over another; a little of it, as that of `\\!`, is usual. */
function drawsOver({ attributes: given }: MathNode): boolean {
  return Number.parseFloat(String(given?.['width'] ?? '0')) < -0.5;
}

function attributesOf({ attributes: given = {} }: MathNode): Readonly<Record<string, string>> {
  const kept = Object.entries(given).filter(([name, value]) => attributes.has(name) && typeof value !== 'object');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function classOf({ classes = [] }: MathNode): string | undefined {
  const names = classes.filter((name) => /^[\w-]+$/.test(name));
  return names.length === 0 ? undefined : names.join(' ');
}

function styleOf({ style = {} }: MathNode): CSSProperties | undefined {
  const kept = Object.entries(style).filter(([name, value]) => styles.has(name) && typeof value === 'string');
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
