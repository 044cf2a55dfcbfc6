import type { DisposableStore } from '../contract/disposable.ts';
import type { AppErrorShape } from '../contract/errors.ts';
import type { EntryPaths } from './entry-paths.ts';
import type { Host, Log } from './ports.ts';
import type { Folders } from './profile/folders.ts';

/** What core is given by the process it runs in. */
export interface CoreSurroundings {
  readonly version: string;
  readonly folders: Folders;
  readonly entries: EntryPaths;
  readonly host: Host;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False where the disk is full or may not be written to: chats can be read, and nothing is stored. */
  readonly mayWrite: boolean;
  /** Why the chats cannot be opened, for a core that only looks at all else. */
  readonly chatsClosed?: AppErrorShape | null;
  /** Called when another process asked for the profile, after core has stopped. */
  readonly onHandedOver: () => void;
  readonly onShutDown: () => void;
}

/** What every feature is built with. What a feature adds to the store is disposed when core stops. */
export interface CoreBase extends CoreSurroundings {
  readonly store: DisposableStore;
  readonly log: Log;
}
