import type { DesktopPort } from '../ports.ts';

/** A system whose applications cannot be asked (yet), or no display at all: says so for every question. */
export function createNoDesktop(system: 'linux-wayland' | 'darwin' | 'win32' | 'none'): DesktopPort {
  return {
    activeWindow: async () => ({
      status: 'unsupported',
      cause: { code: 'desktop/unsupported', message: `no active window on ${system}`, values: { system } },
    }),
    describe: async () => ({ system, compositor: null, composited: null }),
    dispose() {},
  };
}
