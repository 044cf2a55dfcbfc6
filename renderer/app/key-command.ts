import type { LucideIcon } from 'lucide-react';

/** One thing that can be done by a key or out of a list, in any window; `locales/` names it `command.<id>`. */
export interface KeyCommand<Context, Host> {
  readonly id: string;
  /** `Ctrl` stands for Cmd on macOS; null: the command has no key. */
  readonly keys: string | null;
  readonly icon: LucideIcon;
  /** Whether there is something to do it to. */
  readonly when: (context: Context) => boolean;
  readonly run: (host: Host) => void;
}
