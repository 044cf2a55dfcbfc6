import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useClient } from '../app/backend.ts';
import { heightSources, heightsIn } from './box-heights.ts';
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
    const { around, answer } = heightsIn(element);
    floor.current = grows.current ? Math.max(floor.current, answer) : answer;
    const least = pixelsOf(getComputedStyle(element).minHeight, grows.current);
    const height = overlayHeight(Math.max(around + floor.current, least), grows.current, 0, limit);
    if (height === asked.current || height < 40) return;
    asked.current = height;
    void client.request('overlay.resize', { height });
  }, [box, client, limit]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sizes = new ResizeObserver(measure);
    // In a window that is still too short, what comes or goes in the box changes the size of nothing but itself.
    const observe = () => {
      sizes.disconnect();
      for (const source of heightSources(element)) sizes.observe(source);
    };
    const parts = new MutationObserver(observe);
    for (const parent of [element, ...element.querySelectorAll('.middle')]) parts.observe(parent, { childList: true });
    observe();
    measure();
    return () => {
      sizes.disconnect();
      parts.disconnect();
    };
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

/** The least height of the box at rest; while an answer grows it is the window's own, which says nothing of the box. */
function pixelsOf(minHeight: string, growing: boolean): number {
  return growing ? 0 : Number.parseFloat(minHeight) || 0;
}
