import * as z from 'zod';
import { type Contract, request } from './define.ts';
import type { AppErrorShape } from './errors.ts';

/** The window that had the focus when the hotkey was pressed. Titles come from other applications: untrusted text. */
export interface ActiveWindow {
  /** Identity on its system: the X11 window id in decimal, for example. */
  readonly windowId: string;
  readonly processId: number | null;
  /** Program name, such as `firefox`; from the window's class where there is one. */
  readonly application: string | null;
  readonly title: string | null;
}

/** What a port to other applications answers: a value, or a cause that is not an error of ours. */
export type PortAnswer<Value> =
  | { readonly status: 'available'; readonly value: Value }
  | { readonly status: 'unsupported' | 'denied' | 'nothing'; readonly cause: AppErrorShape | null };

/** Answered by the desktop process, asked by core. */
export const desktopContract = {
  requests: {
    'window.active': request(z.strictObject({})).returns<PortAnswer<ActiveWindow>>(),
    'desktop.describe': request(z.strictObject({})).returns<{
      readonly system: 'linux-x11' | 'linux-wayland' | 'darwin' | 'win32' | 'none';
      readonly compositor: string | null;
      /** Whether a compositing manager draws shadows and transparency; null where it cannot be asked. */
      readonly composited: boolean | null;
    }>(),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
