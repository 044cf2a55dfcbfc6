import type { ActiveWindow, PortAnswer } from '../contract/desktop.ts';
import type { Disposable } from '../contract/disposable.ts';

export interface DesktopDescription {
  readonly system: 'linux-x11' | 'linux-wayland' | 'darwin' | 'win32' | 'none';
  readonly compositor: string | null;
  readonly composited: boolean | null;
}

/** One system's way to other applications. Every answer is a value or a cause; nothing hangs longer than its own limit. */
export interface DesktopPort extends Disposable {
  activeWindow(): Promise<PortAnswer<ActiveWindow>>;
  describe(): Promise<DesktopDescription>;
}
