import { type RefObject, useEffect, useRef } from 'react';
import { useClient } from '../app/backend.ts';
import { overlayHeight } from './height.ts';

/** Tells main how tall the box wants to be whenever its content changes. */
export function useOverlayHeight(box: RefObject<HTMLElement | null>, growing: boolean, limit: number): void {
  const client = useClient();
  const asked = useRef(0);
  const grows = useRef(growing);
  grows.current = growing;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      const height = overlayHeight(element.offsetHeight, grows.current, grows.current ? asked.current : 0, limit);
      if (height === asked.current || height < 40) return;
      asked.current = height;
      void client.request('overlay.resize', { height });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [box, client, limit]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: at its end an answer gets its own height
  useEffect(() => {
    const element = box.current;
    if (element === null || growing || asked.current === 0) return;
    const height = overlayHeight(element.offsetHeight, false, 0, limit);
    if (height === asked.current) return;
    asked.current = height;
    void client.request('overlay.resize', { height });
  }, [growing]);
}
