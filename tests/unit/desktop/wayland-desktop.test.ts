import { describe, expect, it } from 'vitest';
import { WaylandDesktop } from '../../../desktop/wayland/wayland-desktop.ts';
import { textHolding } from '../../fakes/text-object.ts';

/** `known`: whether the compositor tells of windows. `found`: null where the accessibility interface tells nothing. */
function desktopWhere(told: {
  readonly primary: string | null;
  readonly found?: string | null;
  readonly known?: boolean;
  readonly application?: string;
}) {
  const { primary, found = 'Two.', known = false, application = 'editor' } = told;
  const { object } = textHolding('One. Two.').found;
  let makePrimary = () => {};
  const sessions: { closed: boolean }[] = [];
  const desktop = new WaylandDesktop({
    accessibility: {
      windowInFront: async () => ({ processId: 1, title: 'note', application }),
      find: async () =>
        found === null ? null : { object, start: 0, end: 1, text: found, editable: true, isField: true, whole: false },
      works: async () => true,
      report: async () => ({ route: 'accessibility', status: 'works', values: {}, cause: null }),
      dispose: () => {},
    },
    openSession: async (onPrimary) => {
      makePrimary = () => onPrimary(null);
      const session = { closed: false };
      sessions.push(session);
      return {
        get closed() {
          return session.closed;
        },
        toplevels: { known, active: null, current: known ? { id: 1, title: 'note', application } : null },
        dataControl: { offer: () => (primary === null ? null : { types: ['text/plain;charset=utf-8'], setAt: null }) },
        dispose: () => {},
      };
    },
    read: async () => Buffer.from(primary ?? ''),
    hasHelper: () => true,
    compositor: null,
  });
  return { desktop, sessions, select: () => makePrimary() };
}

describe('a selection of several paragraphs, of which accessibility tells one', () => {
  const primary = 'One.\nTwo.\n';

  it('is all of it each time that it is asked for, where the compositor tells no windows', async () => {
    const { desktop, select } = desktopWhere({ primary });
    await desktop.activeWindow();
    select();
    for (let time = 1; time <= 2; time += 1)
      expect(await desktop.captureSelection()).toMatchObject({
        selection: { text: 'One.\nTwo.\n', editable: 'no', fresh: true },
      });
  });

  it('is not what another window offers, where the compositor tells of them', async () => {
    const { desktop } = desktopWhere({ primary, known: true });
    expect(await desktop.captureSelection()).toMatchObject({ selection: { text: 'Two.', editable: 'in-place' } });
  });

  it('is the paragraph where no more than its end is offered with it', async () => {
    const { desktop, select } = desktopWhere({ primary: 'Two.\n' });
    await desktop.activeWindow();
    select();
    expect(await desktop.captureSelection()).toMatchObject({ selection: { text: 'Two.', editable: 'in-place' } });
  });
});

describe('a window in which nothing is selected', () => {
  it('is told from a terminal that keeps its selection to itself', async () => {
    const causeIn = async (application: string) =>
      desktopWhere({ primary: null, found: null, application }).desktop.captureSelection();
    expect(await causeIn('foot')).toMatchObject({ cause: { code: 'capture/terminal-protected' } });
    expect(await causeIn('editor')).toMatchObject({ cause: { code: 'capture/nothing-selected' } });
  });
});

describe('a compositor', () => {
  it('that ended the connection is connected to once, however much is asked at once', async () => {
    const { desktop, sessions } = desktopWhere({ primary: 'One.' });
    await desktop.activeWindow();
    for (const session of sessions) session.closed = true;
    await Promise.all([desktop.activeWindow(), desktop.captureSelection(), desktop.describeClipboard()]);
    expect(sessions.filter(({ closed }) => !closed)).toHaveLength(1);
  });
});
