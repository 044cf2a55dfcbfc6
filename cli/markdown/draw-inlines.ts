import type { Inline } from '../../text/markdown/tree.ts';
import { type Look, type Piece, piece } from '../drawing/pieces.ts';

/** The text of a paragraph with its looks. A link is followed by where it leads, which its words may not tell. */
export function drawInlines(children: readonly Inline[], looks: readonly Look[] = []): readonly Piece[] {
  return children.flatMap((child) => drawInline(child, looks));
}

function drawInline(child: Inline, looks: readonly Look[]): readonly Piece[] {
  switch (child.kind) {
    case 'text':
      return [piece(child.text, ...looks)];
    case 'break':
      return [piece('\n', ...looks)];
    case 'strong':
    case 'emphasis':
    case 'struck':
      return drawInlines(child.children, [...looks, child.kind]);
    case 'code':
      return [piece(child.text, ...looks, 'code')];
    case 'maths':
      return [piece(child.written, ...looks)];
    case 'link':
      return drawLink(child.address, drawInlines(child.children, [...looks, 'underlined']));
    case 'note-call':
      return [piece(`[^${child.label}]`, ...looks, 'dim')];
  }
}

function drawLink(address: string, words: readonly Piece[]): readonly Piece[] {
  const said = words.map(({ text }) => text).join('');
  const isAddress = [said, `https://${said}`, `http://${said}`, `mailto:${said}`].includes(address);
  return isAddress ? words : [...words, piece(` (${address})`, 'dim')];
}
