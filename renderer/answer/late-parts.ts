import { useSyncExternalStore } from 'react';
import { preloadMaths } from './late-maths.ts';
import { LatePart } from './late-part.ts';

// The renderer of Markdown is as large as the rest of the page: it comes after the first paint.
const markdown = new LatePart(async () => (await import('./markdown.tsx')).Markdown);

/** What draws an answer; null until it is there. */
export function useMarkdown() {
  return useSyncExternalStore(markdown.subscribe, markdown.get, markdown.get);
}

/** Loads what answers are drawn with, so that the first one does not show its marks before it is drawn. */
export async function preloadAnswers(): Promise<void> {
  await markdown.load();
  await preloadMaths();
}

const afterStartMs = 1200;

/** Loads it a while after the start, when nothing else is to be done: the way to the first paint has it nowhere. */
export function preloadAnswersWhenIdle(): void {
  setTimeout(preloadWhenIdle, afterStartMs);
}

const idleKeys = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'Escape']);

/**
 * Loads it at the first key or click in the page, before an answer to it can come: a page that is only called and sent away again
 * would hold 5 MB for it. The keys that do that, and those of the hotkey, are no use of it.
 */
export function preloadAnswersAtFirstUse(page: EventTarget, load = preloadWhenIdle): void {
  const waiting = new AbortController();
  const onUse = (event: Event) => {
    if ('key' in event && idleKeys.has(String(event.key))) return;
    waiting.abort();
    load();
  };
  for (const name of ['keydown', 'pointerdown', 'drop'])
    page.addEventListener(name, onUse, { capture: true, signal: waiting.signal });
}

function preloadWhenIdle(): void {
  requestIdleCallback(() => void preloadAnswers(), { timeout: 3000 });
}
