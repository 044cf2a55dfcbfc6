/** What the page saw of one answer; times are the page's own, in milliseconds. */
export interface PageGeneration {
  readonly arrivals: { at: number; characters: number }[];
  outputTokens: number;
  error: string | null;
}

interface PageGlobals {
  readonly beckon: { onMessage(listener: (message: unknown) => void): () => void };
  beckonGenerationEnded?: ((generation: PageGeneration) => void) | null;
}

/** Runs inside the page: notes when pieces of text reach it, on the thread that draws them. Stays for the page's life. */
export function watchGenerations(): void {
  const page = globalThis as unknown as PageGlobals;
  let current: PageGeneration = { arrivals: [], outputTokens: 0, error: null };
  page.beckon.onMessage((message) => {
    const frame = message as { kind: string; part?: { type: string } & Record<string, unknown> };
    if (frame.kind !== 'part' || frame.part === undefined) return;
    const { part } = frame;
    if (part.type === 'text-delta' || part.type === 'run-caught-up') {
      const { length } = String(part['text']);
      if (length > 0) current.arrivals.push({ at: performance.now(), characters: length });
    }
    if (part.type !== 'run-finished') return;
    const receipt = part['receipt'] as { entries: readonly { outputTokens: number | null }[] } | null;
    current.outputTokens = (receipt?.entries ?? []).reduce((sum, { outputTokens }) => sum + (outputTokens ?? 0), 0);
    current.error = part['state'] === 'complete' ? null : `${String(part['state'])} ${JSON.stringify(part['error'])}`;
    page.beckonGenerationEnded?.(current);
    current = { arrivals: [], outputTokens: 0, error: null };
  });
}

/** Runs inside the page: the next answer that ends. */
export function generationInPage(): Promise<PageGeneration> {
  const page = globalThis as unknown as PageGlobals;
  return new Promise((resolve) => {
    page.beckonGenerationEnded = resolve;
  });
}
