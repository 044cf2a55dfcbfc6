import type { ActiveWindow } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { applicationOf } from './applications.ts';

/** Why no route found a selection: a terminal may keep its own to itself, and no key that copies is ever pressed in one. */
export function nothingFound(window: ActiveWindow | null): AppError {
  if (window !== null && applicationOf(window).family === 'terminal')
    return new AppError('capture/terminal-protected', 'the terminal offers no selection');
  return new AppError('capture/nothing-selected', 'no route found a selection');
}
