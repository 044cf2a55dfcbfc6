import type { ActiveWindow } from '../../../contract/desktop.ts';
import type { InterruptedKeys, PressedKeys } from '../interrupted-keys.ts';
import type { PrimarySelection } from '../primary-selection.ts';
import type { WindowKeys } from '../window-keys.ts';
import type { X11Connection } from '../x11-connection.ts';
import { isShorter, mostMoves } from './back-key.ts';

export interface RestoreDeps {
  readonly x: Pick<X11Connection, 'sameClient'>;
  readonly keys: Pick<WindowKeys, 'press'>;
  readonly primary: Pick<PrimarySelection, 'read' | 'follows' | 'noteOwn'>;
  readonly interrupted: Pick<InterruptedKeys, 'left' | 'forgetLeft'>;
}

/**
 * Goes the way back for a process that died before it could, where what is selected is what its keys had made of it and the
 * window has the keyboard still. Throws `put-back/…` where it has not.
 */
export async function restoreSelection(deps: RestoreDeps): Promise<void> {
  const left = await deps.interrupted.left();
  try {
    if (left !== null) await goBack(left, deps);
  } finally {
    await deps.interrupted.forgetLeft();
  }
}

async function goBack(left: PressedKeys, { x, keys, primary }: RestoreDeps): Promise<void> {
  const { text, back, ends } = left;
  const window: ActiveWindow = { windowId: String(left.window), processId: null, application: null, title: null };
  const now = await primary.read();
  if (now === null || now.text === text || !(await x.sameClient(now.owner, left.window))) return;
  if (ends.some((end) => end.endsWith(now.text) || now.text.endsWith(end))) {
    await keys.press(window, back, null);
    await primary.noteOwn(now);
    return;
  }
  if (!isShorter(now.text, text) && !isShorter(text, now.text)) return;
  for (let presses = 1; presses <= mostMoves; presses += 1) {
    await keys.press(window, back, 'Shift');
    if ((await primary.follows((offered) => offered === text)) !== null) return;
  }
}
