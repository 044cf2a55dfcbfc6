import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useClient } from '../app/backend.ts';
import { overlayHeight } from './height.ts';

/** Tells main how tall the box wants to be whenever its content changes. */
export function useOverlayHeight(box: RefObject<HTMLElement | null>, growing: boolean, limit: number): void {
  const client = useClient();
  const asked = useRef(0);
  /** The height that an answer has reached while it is written. */
  const floor = useRef(0);
  const grows = useRef(growing);
  grows.current = growing;
  const measure = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const content = grows.current ? contentHeight(element) : element.offsetHeight;
    const height = overlayHeight(content, grows.current, floor.current, limit);
    if (grows.current) floor.current = height;
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
}

/** Height of what is in the box, which itself is as tall as the window while an answer grows. */
function contentHeight(box: HTMLElement): number {
  const borders = box.offsetHeight - box.clientHeight;
  return [...box.children].reduce((sum, child) => sum + heightOf(child), borders);
}

/** What scrolls is as tall as its content wants to be; what lies over the box takes no room in it. */
function heightOf(child: Element): number {
  if (!(child instanceof HTMLElement)) return 0;
  const content = child.matches('.read') ? child.querySelector<HTMLElement>(':scope > .read-content') : null;
  if (content === null) return getComputedStyle(child).position === 'absolute' ? 0 : child.offsetHeight;
  const { paddingTop, paddingBottom, borderTopWidth } = getComputedStyle(child);
  return [paddingTop, paddingBottom, borderTopWidth].reduce(
    (sum, size) => sum + Number.parseFloat(size),
    content.offsetHeight,
  );
}
