import { type RefObject, useEffect } from 'react';
import { findPieces } from './find-pieces.ts';
import type { Mark } from './use-looked-up.ts';

/** Names of the highlights in answer.css. */
const names = { all: 'nowhere', chosen: 'nowhere-chosen' } as const;

/**
 * Underlines marks in an answer without changing what is in the page, so that it is copied and read as it was. It is
 * painted again when the answer is drawn anew.
 */
export function useMarked(
  element: RefObject<HTMLElement | null>,
  text: string,
  marks: readonly Mark[],
  chosen: number | null,
): void {
  useEffect(() => {
    const root = element.current;
    if (root === null || marks.length === 0) return;
    let painted: readonly (Range | null)[] = [];
    const clear = () => {
      for (const name of Object.values(names))
        for (const range of painted) if (range !== null) CSS.highlights.get(name)?.delete(range);
    };
    const paint = () => {
      clear();
      painted = rangesOf(root, text, marks);
      for (const range of painted) if (range !== null) highlight(names.all).add(range);
      const range = chosen === null ? null : painted[chosen];
      if (range != null) highlight(names.chosen).add(range);
    };
    const observer = new MutationObserver(paint);
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    paint();
    if (chosen !== null) painted[chosen]?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    return () => {
      observer.disconnect();
      clear();
    };
  }, [element, text, marks, chosen]);
}

function highlight(name: string): Highlight {
  const there = CSS.highlights.get(name);
  if (there !== undefined) return there;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

function rangesOf(root: HTMLElement, text: string, marks: readonly Mark[]): readonly (Range | null)[] {
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let shown = '';
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    nodes.push({ node, start: shown.length });
    shown += node.data;
  }
  return findPieces(shown, text, marks).map((piece) => {
    const first = piece && nodes.findLast(({ start }) => start <= piece.start);
    const last = piece && nodes.findLast(({ start }) => start < piece.end);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, piece.start - first.start);
    range.setEnd(last.node, piece.end - last.start);
    return range;
  });
}
