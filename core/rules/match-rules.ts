import type { ContextKind } from '../../contract/context.ts';
import type { Rule } from '../../contract/rule.ts';
import { looksLikeCode } from '../../text/looks-like-code.ts';
import { findSecrets } from '../../text/secrets/find-secrets.ts';

/** A text of a chat, as rules see it: what it says is looked at, and never followed. */
export interface Piece {
  /** `words`: what the person wrote. `answer`: what a model wrote. */
  readonly kind: ContextKind | 'words' | 'answer';
  readonly text: string;
  /** What the application is called that it is from; none where nobody knows. */
  readonly names: readonly string[];
  /** A file's name, or a window's title. */
  readonly title: string | null;
  /** Null for what has no pages. */
  readonly pages: number | null;
}

/** What is known besides. */
export interface Knowledge {
  /** Names that the person wants to be hidden. */
  readonly names: readonly string[];
  /** Other names of an application, both folded as by `fold`. */
  readonly sameAs: (name: string) => readonly string[];
}

/** What the rules say of all texts of a chat: of each end the first rule that wants it, null for none. */
export interface Ruling {
  readonly neverLeaves: Rule | null;
  readonly noTraining: Rule | null;
  readonly askMe: Rule | null;
  readonly here: Rule | null;
  readonly use: Rule | null;
}

export const noRuling: Ruling = { neverLeaves: null, noTraining: null, askMe: null, here: null, use: null };

/** `maybe`: it would match if the text were from there, which nobody knows. */
type Match = 'yes' | 'maybe' | 'no';

/** The first rule that matches decides of a text. What a model wrote can hold a chat back and sends it nowhere. */
export function rulingOf(rules: readonly Rule[], pieces: readonly Piece[], knowledge: Knowledge): Ruling {
  let ruling = noRuling;
  for (const piece of pieces) {
    for (const one of rules) {
      const match = matches(one, piece, knowledge);
      if (match === 'no') continue;
      if (match === 'maybe') {
        // It may be from where nothing leaves: only the person knows.
        if (one.does === 'never-leaves' || one.does === 'no-training')
          ruling = { ...ruling, askMe: ruling.askMe ?? one };
        continue;
      }
      if (one.does !== 'use' || piece.kind !== 'answer') ruling = withRule(ruling, one);
      break;
    }
  }
  return ruling;
}

function withRule(ruling: Ruling, one: Rule): Ruling {
  switch (one.does) {
    case 'never-leaves':
      return { ...ruling, neverLeaves: ruling.neverLeaves ?? one };
    case 'no-training':
      return { ...ruling, noTraining: ruling.noTraining ?? one };
    case 'ask-me':
      return { ...ruling, askMe: ruling.askMe ?? one };
    case 'here':
      return { ...ruling, here: ruling.here ?? one };
    case 'use':
      return { ...ruling, use: ruling.use ?? one };
  }
}

/** What takes time is looked at last. */
function matches(one: Rule, piece: Piece, { names, sameAs }: Knowledge): Match {
  const { from, has, file, label, longerThanCharacters, longerThanPages } = one;
  const origin = from === undefined ? 'yes' : isFrom(from, piece, sameAs);
  if (origin === 'no') return 'no';
  const holds =
    (file === undefined || isFile(file, piece)) &&
    (longerThanCharacters === undefined || piece.text.length > longerThanCharacters) &&
    (longerThanPages === undefined || (piece.pages ?? 0) > longerThanPages) &&
    (label === undefined || fold(piece.text).includes(fold(label))) &&
    (has !== 'code' || looksLikeCode(piece.text)) &&
    (has !== 'secrets' || findSecrets(piece.text, names).length > 0);
  return holds ? origin : 'no';
}

function isFrom(from: string, { kind, names }: Piece, sameAs: Knowledge['sameAs']): Match {
  const isCaptured = kind === 'selection' || kind === 'clipboard' || kind === 'window';
  if (isCaptured && names.length === 0) return 'maybe';
  const meant = fold(from);
  const all = [meant, ...sameAs(meant)];
  return names.some((name) => all.includes(fold(name))) ? 'yes' : 'no';
}

function isFile(file: string, { kind, title }: Piece): boolean {
  return kind === 'file' && (file === 'any' || fold(title ?? '').endsWith(`.${fold(file)}`));
}

/** Makes the same of what people take for the same: letters of any case and width. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
