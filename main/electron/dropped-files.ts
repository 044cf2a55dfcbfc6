import { type IpcMainEvent, ipcMain } from 'electron';
import * as z from 'zod';
import { filesChannel } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { isTrustedSender } from '../bridge/sender.ts';
import { senderOf } from './bridge.ts';

const pathsSchema = z.array(z.string().max(4096)).min(1).max(200);

export interface DroppedFilesOptions {
  /** Whether files may come from this window now. */
  readonly takesFiles: (webContentsId: number) => boolean;
  /** With the window they were dropped on. */
  readonly onFiles: (paths: readonly string[], webContentsId: number) => void;
}

/** Files that a person dropped on a window or pasted into it, as the preload tells them. */
export class DroppedFiles implements Disposable {
  readonly #options: DroppedFilesOptions;

  constructor(options: DroppedFilesOptions) {
    this.#options = options;
    ipcMain.on(filesChannel, this.#onMessage);
  }

  dispose(): void {
    ipcMain.off(filesChannel, this.#onMessage);
  }

  readonly #onMessage = (event: IpcMainEvent, message: unknown): void => {
    if (!isTrustedSender(senderOf(event), this.#options.takesFiles)) return;
    const paths = pathsSchema.safeParse(message);
    if (paths.success) this.#options.onFiles(paths.data, event.sender.id);
  };
}
