import { describe, expect, it } from 'vitest';
import table from '../../../desktop/applications/applications.json' with { type: 'json' };
import { evidenceOf, type ProcessTable } from '../../../desktop/applications/evidence.ts';
import { judge } from '../../../desktop/applications/judge.ts';

const library = '/usr/lib/x86_64-linux-gnu/';

/** Processes by their ids: who started each, what it has loaded and opened. */
function processes(
  all: Readonly<Record<number, { parent?: number; loaded?: readonly string[]; opened?: readonly string[] }>>,
): ProcessTable {
  return {
    mappedFiles: (id) => all[id]?.loaded ?? [],
    openFiles: (id) => all[id]?.opened ?? [],
    children: () => {
      const started = new Map<number, number[]>();
      for (const [id, { parent = 1 }] of Object.entries(all))
        started.set(parent, [...(started.get(parent) ?? []), Number(id)]);
      return started;
    },
  };
}

const judged = (application: string | null, all: Parameters<typeof processes>[0]) =>
  judge({ application }, evidenceOf(7, processes(all)));

describe('an application of no known name', () => {
  it.each([
    ['libQt6Widgets.so.6.4.2', 'when-agreed'],
    ['libQt5WebEngineCore.so.5.15.13', 'when-agreed'],
    ['libgtk-3.so.0.2406.32', 'when-agreed'],
    ['libgtk-4.so.1.800.3', 'when-agreed'],
    ['libxul.so', 'when-agreed'],
    ['libawt_xawt.so', 'when-agreed'],
    ['libwebkit2gtk-4.1.so.0', 'when-agreed'],
    ['v8_context_snapshot.bin', 'when-agreed'],
    ['libtk8.6.so', 'when-agreed'],
    ['libXm.so.4', 'never'],
    ['libwine.so.1', 'never'],
    ['libfltk.so.1.3', 'when-agreed'],
  ])('that has loaded %s may be pasted into: %s', (file, may) => {
    expect(judged('a-name-nobody-knows', { 7: { loaded: [`${library}${file}`] } }).paste).toBe(may);
  });

  it('is judged by nothing where nothing can be seen of it', () => {
    expect(judge({ application: 'a-name-nobody-knows' }, null)).toMatchObject({ paste: 'never', copy: 'never' });
    expect(judged('a-name-nobody-knows', {})).toMatchObject({ paste: 'never', copy: 'never' });
  });

  it('that passes keys on to another machine gets none, whatever it is drawn with', () => {
    for (const file of ['libvncclient.so.1', 'libfreerdp2.so.2', 'libspice-client-glib-2.0.so.8'])
      expect(judged('a-viewer', { 7: { loaded: [`${library}libgtk-3.so.0`, `${library}${file}`] } })).toMatchObject({
        paste: 'never',
        copy: 'never',
      });
  });
});

describe('a window with a terminal behind it gets no key', () => {
  const qt = { loaded: [`${library}libQt5Widgets.so.5`] };
  const master = { opened: ['socket:[1]', '/dev/ptmx'] };

  it.each([
    ['it holds the master itself', { 7: { ...qt, ...master } }],
    ['what it started does', { 7: qt, 8: { parent: 7, ...master } }],
    ['what that started does', { 7: qt, 8: { parent: 7 }, 9: { parent: 8, opened: ['/dev/pts/ptmx'] } }],
    [
      'it has a widget of that kind loaded',
      { 7: { loaded: [`${library}libvte-2.91.so.0`, `${library}libgtk-3.so.0`] } },
    ],
  ])('where %s', (_, all) => {
    expect(judged('a-name-nobody-knows', all)).toMatchObject({ paste: 'never', copy: 'never' });
  });

  // Kate and VS Code are in the table as editors, and both can show a terminal in the same window.
  it('also where its name says that it is an editor', () => {
    expect(judged('kate', { 7: qt }).paste).toBe('yes');
    for (const name of ['kate', 'code', 'mousepad', 'libreoffice-writer'])
      expect(judged(name, { 7: { ...qt, ...master } }).paste).toBe('never');
  });

  it('and not where a process beside it, or the one that started it, has one', () => {
    const all = { 5: master, 6: master, 7: { ...qt, parent: 5 } };
    expect(judged('a-name-nobody-knows', all).paste).toBe('when-agreed');
  });

  it('by its name alone, where nothing of it can be seen', () => {
    const names = table.applications.filter(({ family }) => family === 'terminal').flatMap((row) => row.names);
    for (const application of names)
      expect(judge({ application }, null)).toMatchObject({ paste: 'never', copy: 'never', isTerminal: true });
  });
});

it('what Ctrl+V means something else to gets no key, though it is drawn by a known toolkit', () => {
  for (const name of ['Emacs', 'Gvim', 'qutebrowser', 'org.remmina.Remmina', 'VirtualBox Machine', 'TigerVNC Viewer'])
    expect(judged(name, { 7: { loaded: [`${library}libgtk-3.so.0`, `${library}libfltk.so.1.3`] } })).toMatchObject({
      paste: 'never',
      copy: 'never',
    });
});

it('the processes of this very machine are read: this one holds no terminal and has loaded no toolkit', () => {
  expect(evidenceOf(process.pid)).toEqual({ toolkit: null, holdsTerminal: false });
});
