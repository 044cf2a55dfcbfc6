import type { ActiveWindow } from '../../contract/desktop.ts';
import type { PressedKeys } from './interrupted-keys.ts';
import { isShorter, mostMoves, type SelectionKeys } from './selection-keys.ts';

export interface RestoreParts {
  readonly keys: SelectionKeys;
  readonly readPrimary: () => Promise<{ readonly owner: number; readonly text: string } | null>;
  readonly sameClient: (one: number, other: number) => Promise<boolean>;
  /** Told of what is offered on though nothing is selected any more. */
  readonly note: (offered: { readonly owner: number; readonly text: string }) => Promise<void>;
}

/**
 * Goes the way back for a process that died before it could, where what is selected is what its keys had made of it and the
 * window has the keyboard still. Throws `put-back/…` where it has not.
 */
export async function restoreSelection(left: PressedKeys, parts: RestoreParts): Promise<void> {
  const { text, back, ends } = left;
  const { keys } = parts;
  const window: ActiveWindow = { windowId: String(left.window), processId: null, application: null, title: null };
  const now = await parts.readPrimary();
  if (now === null || now.text === text || !(await parts.sameClient(now.owner, left.window))) return;
  if (ends.some((end) => end.endsWith(now.text) || now.text.endsWith(end))) {
    await keys.press(window, back, null);
    await parts.note(now);
    return;
  }
  if (!isShorter(now.text, text) && !isShorter(text, now.text)) return;
  for (let presses = 1; presses <= mostMoves; presses += 1) {
    await keys.press(window, back, 'Shift');
    if ((await keys.offered((offered) => offered === text)) !== null) return;
  }
}
