import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { EndWatch } from './end-watch.ts';

export interface StickToEnd {
  /** The element that scrolls; its first child is what it holds. */
  readonly scroll: RefObject<HTMLElement | null>;
  readonly onScroll: () => void;
  /** Goes to the end with the next change, wherever the reader was. */
  readonly goToEnd: () => void;
}

/**
 * Follows the end of a text that grows, as long as the reader is there. `onResize`: what is shown, or how much of it is in
 * sight, has another height. `follows`: there is a text; without one what is shown is read from its beginning.
 */
export function useStickToEnd(text: unknown, onResize?: () => void, follows = true): StickToEnd {
  const scroll = useRef<HTMLElement>(null);
  const watch = useRef(new EndWatch());
  const resized = useRef(onResize);
  resized.current = onResize;
  const isOn = useRef(follows);
  isOn.current = follows;
  const follow = useCallback(() => {
    const element = scroll.current;
    if (element === null || !isOn.current || !watch.current.isAtEnd) return;
    element.scrollTop = element.scrollHeight;
    watch.current.followed(element);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every change of the text
  useLayoutEffect(follow, [text]);
  // Tables, formulas and the line under an answer come after its text, and a longer question leaves less room for it.
  useEffect(() => {
    const element = scroll.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      follow();
      resized.current?.();
    });
    for (const each of [element, element.firstElementChild]) if (each !== null) observer.observe(each);
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('summary') !== null) watch.current.leaveEnd();
    };
    element.addEventListener('click', onClick);
    return () => {
      observer.disconnect();
      element.removeEventListener('click', onClick);
    };
  }, [follow]);
  const onScroll = useCallback(() => {
    if (scroll.current !== null) watch.current.scrolled(scroll.current);
  }, []);
  const goToEnd = useCallback(() => watch.current.goToEnd(), []);
  return { scroll, onScroll, goToEnd };
}
