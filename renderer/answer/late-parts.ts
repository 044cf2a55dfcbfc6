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
  setTimeout(() => requestIdleCallback(() => void preloadAnswers(), { timeout: 3000 }), afterStartMs);
}
