import type { View } from '../list-rows.ts';
import type { Command } from './command.ts';

/** Opens a list of the box, and closes it again. */
export function toggleView(view: View): Command['run'] {
  return ({ box }) => box.setView(box.view === view ? 'box' : view);
}
