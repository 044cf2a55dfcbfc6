import type { SelectionHookInstance, TextSelectionData } from 'selection-hook';

/** What is used of the library, by its own types: a newer version that differs does not compile. */
export type Hook = Pick<
  SelectionHookInstance,
  | 'start'
  | 'stop'
  | 'getCurrentSelection'
  | 'disableClipboard'
  | 'setSelectionPassiveMode'
  | 'macIsProcessTrusted'
  | 'macRequestProcessTrust'
  | 'cleanup'
> & { on(event: 'error', listener: (error: Error) => void): unknown };

export type HookClass = new () => Hook;

/** `SelectionMethod.PRIMARY`: the X11 selection of that name, on Linux alone. */
export const primaryMethod = 22 satisfies TextSelectionData['method'];

/**
 * Loads the library, which is an optional dependency with a native part. Rejects where it was not installed; its class
 * throws when it is made where the native part does not load.
 */
export async function loadSelectionHook(): Promise<HookClass> {
  const { default: SelectionHook } = await import('selection-hook');
  return SelectionHook;
}
