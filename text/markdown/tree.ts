/** Answers as a tree that the page draws and that rich text is written from. Whatever is no mark of formatting is in it. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  /** A line end of the text: lines are never joined. */
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'emphasis' | 'struck'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  /** A formula of LaTeX. `written`: as it stands in the text, with its delimiters; `display`: on a line of its own. */
  | { readonly kind: 'maths'; readonly tex: string; readonly display: boolean; readonly written: string }
  /** `address` begins with http:, https: or mailto: and may still be one that nothing can open. */
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly Inline[] }
  /** The number of a note in the text, shown in brackets: without them it would lengthen a figure before it. */
  | { readonly kind: 'note-call'; readonly label: string };

/** Right to left, where the first letter of the block's text is of such a script. */
interface Directed {
  readonly rightToLeft: boolean;
}

export interface ListItem extends Directed {
  /** The number as it is written, such as `3.` or `3)`; null in a list without numbers. */
  readonly number: string | null;
  /** Whether a task is done; null for all other items. */
  readonly done: boolean | null;
  readonly blocks: readonly Block[];
}

export interface ListBlock extends Directed {
  readonly kind: 'list';
  readonly ordered: boolean;
  /** Its items stand apart, each in a paragraph. */
  readonly loose: boolean;
  readonly items: readonly ListItem[];
}

export interface TableBlock extends Directed {
  readonly kind: 'table';
  readonly align: readonly ('left' | 'right' | 'center' | null)[];
  /** The first row is the head. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

export type Block =
  | ({ readonly kind: 'paragraph'; readonly children: readonly Inline[] } & Directed)
  | ({ readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] } & Directed)
  | ListBlock
  | TableBlock
  | ({ readonly kind: 'quote'; readonly blocks: readonly Block[] } & Directed)
  | { readonly kind: 'code'; readonly language: string | null; readonly text: string }
  /** Lines that are kept as they are, spaces too: indented ones, and HTML, which is never more than its text here. */
  | ({ readonly kind: 'verbatim'; readonly text: string } & Directed)
  /** `written`: the mark itself, for where no line can be drawn. */
  | { readonly kind: 'rule'; readonly written: string }
  /** A note to the text, with its call at the beginning. */
  | ({ readonly kind: 'note'; readonly blocks: readonly Block[] } & Directed);
