import { createNoDesktop } from './none/none.ts';
import type { DesktopPort } from './ports.ts';
import { loadSelectionHook } from './selection-hook/library.ts';
import { SelectionHookDesktop } from './selection-hook/selection-hook-desktop.ts';
import { WaylandDesktop } from './wayland/wayland-desktop.ts';
import { X11Desktop } from './x11/x11-desktop.ts';

/** The way to other applications on this system; who calls disposes of it. */
export function createDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): DesktopPort {
  if (platform === 'darwin' || platform === 'win32')
    return new SelectionHookDesktop({ system: platform, load: loadSelectionHook });
  const shellProcessId = Number(env['BECKON_SHELL_PID']) || null;
  if (env['WAYLAND_DISPLAY']) return new WaylandDesktop(env, shellProcessId);
  if (!env['DISPLAY']) return createNoDesktop();
  return new X11Desktop(shellProcessId);
}
