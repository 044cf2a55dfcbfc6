import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DesktopProcess } from '../../core/desktop/desktop-process.ts';
import { createNoDesktop } from '../../desktop/none/none.ts';
import { SelectionHookDesktop } from '../../desktop/selection-hook/selection-hook-desktop.ts';
import { fakeApplications, fakeSelectionHook } from '../fakes/selection-hook.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { type DesktopStage, describeDesktopPort } from '../support/desktop-port-suite.ts';

async function stageOf(system: 'darwin' | 'win32'): Promise<DesktopStage> {
  const world = fakeApplications();
  const desktop = new SelectionHookDesktop({ system, load: async () => fakeSelectionHook(world) });
  return {
    desktop,
    select: async (text) => {
      world.selected = text === null ? null : { text, programName: 'notes', method: 1 };
    },
    alwaysCause: null,
    close: async () => desktop.dispose(),
  };
}

describe('Windows, over the library', () => describeDesktopPort(() => stageOf('win32')));

describe('macOS, over the library', () => describeDesktopPort(() => stageOf('darwin')));

describe('Windows without the library', () => {
  describeDesktopPort(async () => {
    const load = () => Promise.reject(new Error('Cannot find package'));
    const desktop = new SelectionHookDesktop({ system: 'win32', load });
    const close = async () => desktop.dispose();
    return { desktop, select: async () => {}, alwaysCause: 'capture/library-missing', close };
  });
});

describe('no display', () => {
  describeDesktopPort(async () => {
    const desktop = createNoDesktop();
    const close = async () => desktop.dispose();
    return { desktop, select: async () => {}, alwaysCause: 'capture/compositor-unsupported', close };
  });
});

describe('a library that never comes back', () => {
  it('costs its process, within the limit, and the next capture has a new one', async () => {
    const entry = join(checkout, 'tests', 'fakes', 'hanging-desktop.ts');
    const desktop = new DesktopProcess({ node: nodeExecutable, entry, shellProcessId: null });
    try {
      for (let round = 0; round < 2; round += 1) {
        const begun = Date.now();
        const answer = await desktop.captureSelection();
        expect(answer).toMatchObject({ status: 'failed', cause: { code: 'capture/not-answering' } });
        expect(Date.now() - begun).toBeLessThan(5000);
      }
      expect(await desktop.activeWindow()).toMatchObject({ cause: { code: 'desktop/unsupported' } });
    } finally {
      desktop.dispose();
    }
  });
});
