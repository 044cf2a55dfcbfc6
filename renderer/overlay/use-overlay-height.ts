import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useClient } from '../app/backend.ts';
import { overlayHeight } from './height.ts';

/** Tells main how tall the box wants to be whenever its content changes. */
export function useOverlayHeight(box: RefObject<HTMLElement | null>, growing: boolean, limit: number): void {
  const client = useClient();
  const asked = useRef(0);
  /** The height that the answer itself has reached while it is written. */
  const floor = useRef(0);
  const grows = useRef(growing);
  grows.current = growing;
  const measure = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const { around, answer } = grows.current ? heightsIn(element) : { around: element.offsetHeight, answer: 0 };
    floor.current = grows.current ? Math.max(floor.current, answer) : 0;
    const height = overlayHeight(around + floor.current, grows.current, 0, limit);
    if (height === asked.current || height < 40) return;
    asked.current = height;
    void client.request('overlay.resize', { height });
  }, [box, client, limit]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [box, measure]);
  // What was shown before an answer begins, such as a list, says nothing of its height; at its end it gets its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment it begins or ends counts
  useEffect(() => {
    floor.current = 0;
    measure();
  }, [growing]);
  // While an answer grows the box is as tall as the window, so that what goes from above it changes no size of the box.
  useEffect(measure);
}

/** Heights of what is in the box, which itself is as tall as the window while an answer grows. */
function heightsIn(box: HTMLElement): { readonly around: number; readonly answer: number } {
  const children = [...box.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
  const read = children.find((child) => child.matches('.read'));
  const borders = box.offsetHeight - box.clientHeight;
  const around = children.filter((child) => child !== read).reduce((sum, child) => sum + heightOf(child), borders);
  return { around, answer: read === undefined ? 0 : readHeight(read) };
}

/** What lies over the box takes no room in it. */
function heightOf(child: HTMLElement): number {
  return getComputedStyle(child).position === 'absolute' ? 0 : child.offsetHeight;
}

/** What scrolls wants to be as tall as its content. */
function readHeight(read: HTMLElement): number {
  const content = read.querySelector<HTMLElement>(':scope > .read-content');
  const { paddingTop, paddingBottom, borderTopWidth } = getComputedStyle(read);
  const edges = [paddingTop, paddingBottom, borderTopWidth].map((size) => Number.parseFloat(size));
  return edges.reduce((sum, edge) => sum + edge, content?.offsetHeight ?? read.scrollHeight);
}
