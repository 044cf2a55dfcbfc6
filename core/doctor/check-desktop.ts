import type { DoctorLine } from '../../contract/doctor.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { line } from './line.ts';

export async function checkDisplay({ env, describeDesktop }: DoctorParts): Promise<DoctorLine> {
  if (hasNoDisplay(env)) {
    return line(
      'display',
      'warning',
      {},
      { code: 'display/none', message: 'neither DISPLAY nor WAYLAND_DISPLAY is set' },
    );
  }
  const desktop = await describeDesktop();
  if (desktop === null) return line('display', 'failed', {}, { code: 'desktop/not-answering', message: 'no answer' });
  if (desktop.system === 'none') return line('display', 'failed', {}, { code: 'display/none', message: 'no display' });
  return line('display', 'ok', { system: desktop.system, manager: desktop.compositor ?? '' });
}

function hasNoDisplay(env: DoctorParts['env']): boolean {
  return process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
}

/** Which ways to selected text work here: tried, not guessed. */
export async function checkSelection({ env, describeDesktop }: DoctorParts): Promise<DoctorLine> {
  // Nothing was tried, so that nothing can be said of this desktop.
  if (hasNoDisplay(env)) return line('selection', 'unknown', { system: 'none' });
  const desktop = await describeDesktop();
  if (desktop === null || desktop.selectionRoutes.length === 0) {
    const system = desktop?.system ?? 'none';
    const unknown: AppErrorShape = { code: 'capture/compositor-unsupported', message: `no route on ${system}` };
    const error = desktop?.selectionCause ?? unknown;
    return line('selection', system === 'none' ? 'unknown' : 'failed', { system }, error);
  }
  return line('selection', desktop.selectionRoutes.includes('accessibility') ? 'ok' : 'warning');
}

/** Whether Qt and others tell their texts; no line where this desktop does not say. */
export async function checkAccessibility({ accessibilityOn }: DoctorParts): Promise<readonly DoctorLine[]> {
  const isOn = await accessibilityOn();
  return isOn === null ? [] : [line('accessibility', isOn ? 'ok' : 'warning')];
}

export async function checkHotkey({ host, env }: DoctorParts): Promise<DoctorLine> {
  const hotkey = host.settings().hotkey;
  const shell = await host.describe().catch(() => null);
  if (shell === null) return line('hotkey', 'unknown', { hotkey });
  const wayland = Boolean(env['WAYLAND_DISPLAY']);
  // There the desktop's own key counts, proved by the command that came by it.
  if (!shell.hotkeyRegistered && wayland && shell.hotkeyProvedAt !== null)
    return line('hotkey', 'ok', { hotkey, wayland: 1 });
  if (!shell.hotkeyRegistered) {
    const error = {
      code: 'hotkey/refused',
      message: 'not registered',
      values: { accelerator: hotkey },
      action: 'choose-hotkey',
    } as const;
    return line('hotkey', 'failed', { hotkey }, error);
  }
  // On Wayland a registration can be accepted and never fire: only a press proves it.
  return line('hotkey', shell.hotkeyProvedAt === null || wayland ? 'warning' : 'ok', {
    hotkey,
    wayland: wayland ? 1 : 0,
  });
}
