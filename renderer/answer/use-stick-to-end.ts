import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

/** How near to the end still counts as being at the end, in pixels. */
const nearEnd = 24;

export interface StickToEnd {
  /** The element that scrolls. */
  readonly scroll: RefObject<HTMLElement | null>;
  readonly onScroll: () => void;
  /** Goes to the end with the next change, wherever the reader was. */
  readonly goToEnd: () => void;
}

/** Follows the end of a text that grows, as long as the reader is there. */
export function useStickToEnd(text: unknown): StickToEnd {
  const scroll = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every change of the text
  useLayoutEffect(() => {
    const element = scroll.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [text]);
  const onScroll = useCallback(() => {
    const element = scroll.current;
    if (element !== null) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
  }, []);
  const goToEnd = useCallback(() => {
    atEnd.current = true;
  }, []);
  return { scroll, onScroll, goToEnd };
}
