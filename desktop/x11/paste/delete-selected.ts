import type { ActiveWindow } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/errors.ts';
import { sleep } from '../../sleep.ts';
import type { SelectionSight } from '../primary-selection.ts';
import type { WindowKeys } from '../window-keys.ts';

const goneLimitMs = 1500;
const lookEveryMs = 30;

export interface DeletesSelected {
  readonly keys: Pick<WindowKeys, 'press'>;
  readonly primary: Pick<SelectionSight, 'look'>;
}

/**
 * Deletes what is selected where a paste leaves that where it is. The text has to be proved to be selected right before. Throws
 * `put-back/not-editable` where it is selected still: nothing was changed then.
 */
export async function deleteSelected(
  { keys, primary }: DeletesSelected,
  window: ActiveWindow,
  text: string,
): Promise<void> {
  await keys.press(window, 'BackSpace', null);
  const end = Date.now() + goneLimitMs;
  while ((await primary.look())?.text === text) {
    if (Date.now() > end) throw new AppError('put-back/not-editable', 'nothing there took the text');
    await sleep(lookEveryMs);
  }
}
