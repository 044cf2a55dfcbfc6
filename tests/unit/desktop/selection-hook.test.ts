import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureAnswer } from '../../../contract/desktop.ts';
import { createDesktop } from '../../../desktop/create-desktop.ts';
import { loadSelectionHook } from '../../../desktop/selection-hook/library.ts';
import { SelectionHookDesktop } from '../../../desktop/selection-hook/selection-hook-desktop.ts';
import { type FakeApplications, fakeApplications, fakeSelectionHook } from '../../fakes/selection-hook.ts';

function endOf(answer: CaptureAnswer): string {
  return answer.status === 'captured' ? answer.selection.text : answer.cause.code;
}

describe('selected text on Windows and macOS', () => {
  let world: FakeApplications;
  const opened: SelectionHookDesktop[] = [];

  beforeEach(() => {
    world = fakeApplications();
    world.selected = { text: 'Some words.', programName: 'notepad.exe', method: 1 };
  });

  afterEach(() => {
    for (const desktop of opened.splice(0)) desktop.dispose();
    vi.useRealTimers();
  });

  function open(system: 'darwin' | 'win32' = 'win32'): SelectionHookDesktop {
    const desktop = new SelectionHookDesktop({ system, load: async () => fakeSelectionHook(world) });
    opened.push(desktop);
    return desktop;
  }

  it('comes with its program, is not to be written to, and was read without a key or an unasked reading', async () => {
    expect(await open().captureSelection()).toMatchObject({
      status: 'captured',
      selection: {
        route: 'accessibility',
        editable: 'no',
        fresh: true,
        window: { application: 'notepad.exe', processId: null, title: null },
      },
    });
    expect(world.did).toEqual([]);
  });

  it('is not read at all by a library that would press a copying key', async () => {
    world.leavesClipboardAlone = false;
    expect(endOf(await open().captureSelection())).toBe('capture/library-missing');
    expect(world.did).toEqual(['cleaned up']);
  });

  it('is read by a library that was not loaded before it was asked for, once', async () => {
    const desktop = open();
    expect(world.made).toBe(0);
    await desktop.captureSelection();
    await desktop.captureSelection();
    expect(world.made).toBe(1);
  });

  it('needs the permission of macOS, for which the system asks once, and is read once it is given', async () => {
    world.trusted = false;
    const desktop = open('darwin');
    expect(endOf(await desktop.captureSelection())).toBe('capture/accessibility-off');
    expect(endOf(await desktop.captureSelection())).toBe('capture/accessibility-off');
    expect(world.did).toEqual(['asked for permission']);
    expect(await desktop.describe()).toMatchObject({
      selectionRoutes: [],
      selectionCause: { code: 'capture/accessibility-off' },
    });
    world.trusted = true;
    expect(endOf(await desktop.captureSelection())).toBe('Some words.');
  });

  it('is not asked for by a look at what works here', async () => {
    world.trusted = false;
    const desktop = open('darwin');
    await desktop.describe();
    const reports = await desktop.selfTest();
    expect(reports.map(({ route, status }) => `${route} ${status}`)).toEqual([
      'selection fails',
      'clipboard absent',
      'paste absent',
    ]);
    expect(world.did).toEqual([]);
  });

  it.each(['•••••', '●'])('of a password field (%s) is refused', async (text) => {
    world.selected = { text, programName: 'chrome.exe', method: 1 };
    expect(await open().captureSelection()).toMatchObject({
      cause: { code: 'capture/password-field' },
      window: { application: 'chrome.exe' },
    });
  });

  it('of a list with bullets is text', async () => {
    world.selected = { text: '• one\n• two', programName: 'word', method: 1 };
    expect(endOf(await open().captureSelection())).toBe('• one\n• two');
  });

  it('is not called Beckon when the pointer is over the overlay, nor taken from Beckon itself', async () => {
    world.selected = { text: 'Some words.', programName: 'Beckon.exe', method: 1 };
    expect(await open().captureSelection()).toMatchObject({ selection: { text: 'Some words.', window: null } });
    world.selected = { text: 'A draft.', programName: 'app.beckon.desktop', method: 11 };
    expect(endOf(await open('darwin').captureSelection())).toBe('capture/nothing-selected');
  });

  it.each([
    ['throws', 'capture/not-answering'],
    ['emits', 'Some words.'],
  ] as const)('survives a library that %s its own failure', async (breaks, ended) => {
    world.breaks = breaks;
    expect(endOf(await open().captureSelection())).toBe(ended);
  });

  it('cannot be read by a library that does not start', async () => {
    world.starts = false;
    expect(endOf(await open().captureSelection())).toBe('capture/library-missing');
  });

  it('leaves no watch over keys and mouse behind: seconds after, and when it is disposed of', async () => {
    vi.useFakeTimers();
    const desktop = open();
    await desktop.captureSelection();
    expect(world.running).toBe(true);
    vi.advanceTimersByTime(2000);
    await desktop.captureSelection();
    vi.advanceTimersByTime(2000);
    expect(world.running).toBe(true);
    vi.advanceTimersByTime(2000);
    expect(world.running).toBe(false);
    await desktop.captureSelection();
    desktop.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect([world.running, world.did.at(-1)]).toEqual([false, 'cleaned up']);
    expect(endOf(await desktop.captureSelection())).toBe('capture/not-answering');
  });
});

describe('the ways to other applications', () => {
  it('are chosen by the system, and none of Windows and macOS is loaded by that', async () => {
    for (const system of ['win32', 'darwin'] as const) {
      const desktop = createDesktop(system, {});
      expect(desktop).toBeInstanceOf(SelectionHookDesktop);
      desktop.dispose();
    }
    expect(await createDesktop('linux', {}).describe()).toMatchObject({ system: 'none' });
  });

  it('say that the real library does not load where its native part is left out, as here', async () => {
    // The library prints what it misses.
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const desktop = new SelectionHookDesktop({ system: 'win32', load: loadSelectionHook });
    expect(endOf(await desktop.captureSelection())).toBe('capture/library-missing');
    expect(printed).toHaveBeenCalled();
    printed.mockRestore();
    desktop.dispose();
  });
});
