import { AccessibilityBus } from './atspi/accessibility-bus.ts';
import { AtspiRoute } from './atspi/atspi-route.ts';
import { createNoDesktop } from './none/none.ts';
import type { DesktopPort } from './ports.ts';
import { loadSelectionHook } from './selection-hook/library.ts';
import { SelectionHookDesktop } from './selection-hook/selection-hook-desktop.ts';
import { WaylandDesktop } from './wayland/wayland-desktop.ts';
import { openSession } from './wayland/wayland-session.ts';
import { findProgram, readSelection } from './wayland/wl-clipboard.ts';
import { createX11Desktop } from './x11/create-x11-desktop.ts';

/** The way to other applications on this system; who calls disposes of it. */
export function createDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): DesktopPort {
  if (platform === 'darwin' || platform === 'win32')
    return new SelectionHookDesktop({ system: platform, load: loadSelectionHook });
  const shellProcessId = Number(env['BECKON_SHELL_PID']) || null;
  if (env['WAYLAND_DISPLAY']) return createWaylandDesktop(env, shellProcessId);
  if (!env['DISPLAY']) return createNoDesktop();
  return createX11Desktop(env, shellProcessId);
}

function createWaylandDesktop(env: NodeJS.ProcessEnv, shellProcessId: number | null): WaylandDesktop {
  const connect = () => AccessibilityBus.connect();
  return new WaylandDesktop({
    // GTK 4 tells no focus under Wayland, not even when asked (seen in 4.8 under sway 1.7).
    accessibility: new AtspiRoute({ connect, ownProcessId: shellProcessId, takesOnlySelected: true }),
    openSession: (onPrimary) => openSession(env, onPrimary),
    read: (name, type) => readSelection(name, type, env),
    hasHelper: () => findProgram('wl-paste', env) !== null,
    compositor: env['XDG_CURRENT_DESKTOP'] ?? null,
  });
}
