import type { Code, FootnoteDefinition, List, ListItem as ListItemNode, RootContent, Table } from 'mdast';
import { isRightToLeft } from '../direction.ts';
import { textOfInlines, toInlines, type Written } from './to-inlines.ts';
import type { Block, Inline, ListItem } from './tree.ts';

/** Blocks of the parser's tree as blocks of an answer. */
export function toBlocks(nodes: readonly RootContent[], written: Written): readonly Block[] {
  return nodes.flatMap((node) => toBlock(node, written));
}

function toBlock(node: RootContent, written: Written): readonly Block[] {
  switch (node.type) {
    case 'paragraph': {
      const children = toInlines(node.children, written);
      return [{ kind: 'paragraph', children, rightToLeft: isRightToLeft(textOfInlines(children)) }];
    }
    case 'heading': {
      const children = toInlines(node.children, written);
      const rightToLeft = isRightToLeft(textOfInlines(children));
      return [{ kind: 'heading', level: node.depth, children, rightToLeft }];
    }
    case 'list':
      return [toList(node, written)];
    case 'table':
      return [toTable(node, written)];
    case 'blockquote': {
      const blocks = toBlocks(node.children, written);
      return [{ kind: 'quote', blocks, rightToLeft: blocksAreRightToLeft(blocks) }];
    }
    case 'code':
      return [toCode(node, written)];
    case 'html':
      return [{ kind: 'verbatim', text: node.value, rightToLeft: isRightToLeft(node.value) }];
    case 'thematicBreak':
      return [{ kind: 'rule', written: sourceOf(node, written).trim() }];
    case 'footnoteDefinition':
      return [toNote(node, written)];
    default:
      return [];
  }
}

function sourceOf({ position }: RootContent | ListItemNode, { text }: Written): string {
  return text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

/** A digit belongs to a name of a few alone: elsewhere it is a figure. */
const languageName = /^(?:\p{L}[\p{L}+#.-]{0,29}|(?:python|html|css|es|c|f|lua|perl|php)\d{1,2})$/iu;

/** Only a name of a language stands behind a fence; anything else there is text that was meant to be read. */
function toCode(node: Code, written: Written): Block {
  if (!/^(?:`{3}|~{3})/.test(sourceOf(node, written)))
    return { kind: 'verbatim', text: node.value, rightToLeft: isRightToLeft(node.value) };
  const info = [node.lang, node.meta].filter(Boolean).join(' ');
  if (info === '') return { kind: 'code', language: null, text: node.value };
  if (languageName.test(info)) return { kind: 'code', language: info, text: node.value };
  return { kind: 'code', language: null, text: node.value === '' ? info : `${info}\n${node.value}` };
}

function toList(node: List, written: Written): Block {
  const items = node.children.map((item) => toItem(item, node.ordered === true, written));
  return {
    kind: 'list',
    ordered: node.ordered === true,
    loose: node.spread === true || node.children.some(({ spread }) => spread === true),
    items,
    rightToLeft: items.find(({ blocks }) => blocks.length > 0)?.rightToLeft ?? false,
  };
}

function toItem(node: ListItemNode, ordered: boolean, written: Written): ListItem {
  const blocks = toBlocks(node.children, written);
  const number = ordered ? (/^\d+[.)]/.exec(sourceOf(node, written))?.[0] ?? null) : null;
  const rightToLeft = blocksAreRightToLeft(blocks);
  const first = node.children[0];
  const task = first?.type === 'paragraph' ? /^\[([ xX])\][ \t]+(?=\S)/.exec(sourceOf(first, written)) : null;
  const paragraph = blocks[0];
  if (task === null || paragraph?.kind !== 'paragraph') return { number, done: null, blocks, rightToLeft };
  const rest = { ...paragraph, children: withoutBox(paragraph.children) };
  return { number, done: task[1] !== ' ', blocks: [rest, ...blocks.slice(1)], rightToLeft };
}

function withoutBox([first, ...others]: readonly Inline[]): readonly Inline[] {
  if (first?.kind !== 'text') return first === undefined ? others : [first, ...others];
  const text = first.text.replace(/^\[[ xX]\]\s*/, '');
  return text === '' ? others : [{ kind: 'text', text }, ...others];
}

function toTable(node: Table, written: Written): Block {
  const rows = node.children.map((row) => row.children.map((cell) => toInlines(cell.children, written, true)));
  const rightToLeft = isRightToLeft(rows.flat().map(textOfInlines).join(' '));
  return { kind: 'table', align: node.align ?? [], rows, rightToLeft };
}

/** The call stands where the note's text begins. */
function toNote(node: FootnoteDefinition, written: Written): Block {
  const call: Inline = { kind: 'note-call', label: node.label ?? node.identifier };
  const [first, ...others] = toBlocks(node.children, written);
  const rightToLeft = first !== undefined && blocksAreRightToLeft([first]);
  if (first?.kind !== 'paragraph')
    return {
      kind: 'note',
      blocks: [
        { kind: 'paragraph', children: [call], rightToLeft },
        ...(first === undefined ? [] : [first]),
        ...others,
      ],
      rightToLeft,
    };
  const children: Inline[] = [call, { kind: 'text', text: ' ' }, ...first.children];
  return { kind: 'note', blocks: [{ ...first, children }, ...others], rightToLeft };
}

function blocksAreRightToLeft(blocks: readonly Block[]): boolean {
  const first = blocks.find(({ kind }) => kind !== 'rule' && kind !== 'code');
  return first !== undefined && 'rightToLeft' in first && first.rightToLeft;
}
