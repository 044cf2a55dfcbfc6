import { beforeEach, describe, expect, it, vi } from 'vitest';

const offers = vi.hoisted(() => ({ primary: '', found: '', known: false, change: (_: string) => {} }));

vi.mock('../../../desktop/atspi/atspi-route.ts', () => ({
  AtspiRoute: class {
    windowInFront = async () => ({ processId: 1, title: 'note', application: 'editor' });
    find = async () => ({ object: {}, start: 0, end: 1, text: offers.found, editable: true, whole: false });
  },
}));
vi.mock('../../../desktop/wayland/wayland-connection.ts', () => ({
  WaylandConnection: { open: async () => ({ closed: false, roundTrip: async () => {}, dispose: () => {} }) },
}));
vi.mock('../../../desktop/wayland/toplevel-watch.ts', () => ({
  ToplevelWatch: class {
    known = offers.known;
    current = offers.known ? { id: 1, title: 'note', application: 'editor' } : null;
    active = null;
  },
}));
vi.mock('../../../desktop/wayland/data-control.ts', () => ({
  DataControl: {
    start: async (_: unknown, onChange: (name: string) => void) => {
      offers.change = onChange;
      return { offer: () => ({ types: ['text/plain;charset=utf-8'], setAt: null }) };
    },
  },
}));
vi.mock('../../../desktop/wayland/wl-clipboard.ts', () => ({
  findProgram: () => null,
  readSelection: async () => Buffer.from(offers.primary),
}));

const { WaylandDesktop } = await import('../../../desktop/wayland/wayland-desktop.ts');

describe('a selection of several paragraphs, of which accessibility tells one', () => {
  beforeEach(() => {
    Object.assign(offers, { primary: 'One.\nTwo.\n', found: 'Two.', known: false });
  });

  it('is all of it each time that it is asked for, where the compositor tells no windows', async () => {
    const desktop = new WaylandDesktop({}, null);
    await desktop.activeWindow();
    offers.change('primary');
    for (let time = 1; time <= 2; time += 1)
      expect(await desktop.captureSelection()).toMatchObject({
        selection: { text: 'One.\nTwo.\n', editable: 'no', fresh: true },
      });
  });

  it('is not what another window offers, where the compositor tells of them', async () => {
    offers.known = true;
    const desktop = new WaylandDesktop({}, null);
    expect(await desktop.captureSelection()).toMatchObject({ selection: { text: 'Two.', editable: 'in-place' } });
  });

  it('is the paragraph where no more than its end is offered with it', async () => {
    offers.primary = 'Two.\n';
    const desktop = new WaylandDesktop({}, null);
    await desktop.activeWindow();
    offers.change('primary');
    expect(await desktop.captureSelection()).toMatchObject({ selection: { text: 'Two.', editable: 'in-place' } });
  });
});
