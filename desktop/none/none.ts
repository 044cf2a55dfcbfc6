import type { AppErrorShape } from '../../contract/errors.ts';
import { noWholeClipboard } from '../no-whole-clipboard.ts';
import type { DesktopPort } from '../ports.ts';

const system = 'none';

/** No display at all, or a system whose applications cannot be asked: says so for every question. */
export function createNoDesktop(): DesktopPort {
  const failed = (code: AppErrorShape['code'], what: string) => ({
    status: 'failed' as const,
    cause: { code, message: `no ${what} on ${system}`, values: { system } },
  });
  const { cause } = failed('desktop/unsupported', 'way to the clipboard');
  const noClipboard = { status: 'unsupported' as const, cause };
  const absent = { status: 'absent' as const, cause: failed('capture/compositor-unsupported', 'selection').cause };
  return {
    activeWindow: async () => ({
      status: 'unsupported',
      cause: { code: 'desktop/unsupported', message: `no active window on ${system}`, values: { system } },
    }),
    pointerPressed: async () => null,
    captureSelection: async () => ({ ...failed('capture/compositor-unsupported', 'selection'), window: null }),
    describeClipboard: async () => noClipboard,
    readClipboardText: async () => noClipboard,
    writeClipboardText: async () => noClipboard,
    ...noWholeClipboard,
    leave: async () => {},
    putBack: async () => failed('put-back/not-editable', 'way to write'),
    undoPutBack: async () => failed('put-back/not-editable', 'way to write'),
    accessibilityOn: async () => null,
    turnAccessibility: async () => false,
    describe: async () => ({ system, compositor: null, composited: null, selectionRoutes: [] }),
    selfTest: async () => [{ route: 'selection', ...absent, values: {} }],
    dispose() {},
  };
}
