import type { TestDisplay } from '../../tests/support/display.ts';
import { endTree, type Subject, startQuietly } from './subject.ts';

/** Synapse, a launcher in GTK that stays resident and has its own hotkey: the native peer of a window made ahead. */
export async function startSynapse(display: TestDisplay): Promise<Subject> {
  const child = await startQuietly('synapse', ['--startup'], display.env);
  return {
    name: 'Synapse',
    pid: child.pid,
    keys: 'Control_L+space',
    dismiss: 'Escape',
    stop: () => endTree(child.pid),
  };
}
