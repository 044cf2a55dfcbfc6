import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout, readAnswer, readySettings, requireModel, smallModel } from '../support/beckon-app.ts';
import { CleanDebian, person, plainEnv } from '../support/clean-debian.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, endTree, processTree, run, sleep, waitFor } from '../support/processes.ts';

const home = `home/${person}`;
const profile = `${home}/.config/beckon`;
const text = 'The keeper painted the boat on Monday. On Tuesday the ferry was late, and nobody knew why.';

/** The time is the same for each build of a run, also where somebody commits meanwhile; the rights of new files are not. */
function packageBoth(umask: string): void {
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1764500000' };
  const script = join(checkout, 'scripts', 'package.mjs');
  run('sh', ['-c', 'umask "$0"; exec node "$1" --deb --rpm', umask, script], env);
}

/** The packages as a person gets them, in a Debian that has nothing else, from the first install to the last trace. */
describe('the Debian package in a clean Debian 12', () => {
  let debian: CleanDebian;
  let display: TestDisplay;
  let file: string;
  const env = () => ({
    ...plainEnv(person),
    DISPLAY: display.env['DISPLAY'],
    XDG_RUNTIME_DIR: `/${home}/run`,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=/${home}/run/bus`,
  });

  beforeAll(async () => {
    requireModel(smallModel);
    packageBoth('022');
    file = made(/\.deb$/);
    debian = CleanDebian.make();
    display = await TestDisplay.start();
  });

  afterAll(async () => {
    await display?.stop();
    debian?.remove();
  });

  it('is installed by dpkg, with exactly the libraries that its programs need', () => {
    debian.give(file, 'tmp/beckon.deb');
    // dpkg leaves it unconfigured until apt has fetched what it names: the bare system has no library of a desktop.
    expect(debian.try('root', 'dpkg', ['-i', '/tmp/beckon.deb']).stderr).toMatch(/depends on libgtk-3-0/);
    debian.run('root', 'apt-get', ['-qq', 'update']);
    debian.install('-f');
    expect(debian.run('root', 'dpkg', ['-s', 'beckon'])).toMatch(/^Status: install ok installed$/m);
    const elf = debian.run('root', 'find', [
      '/usr/lib/beckon',
      '-type',
      'f',
      '(',
      '-perm',
      '/111',
      '-o',
      '-name',
      '*.so*',
      '-o',
      '-name',
      '*.node',
      ')',
    ]);
    const missing = elf
      .split('\n')
      .filter((path) => path !== '' && !path.endsWith('/bin/beckon'))
      .flatMap((path) => debian.try('root', 'ldd', [path]).stdout.match(/^.*not found.*$/gm) ?? []);
    expect(missing).toEqual([]);
    expect(debian.run('root', 'dpkg', ['--verify', 'beckon'])).toBe('');
  });

  it('gives the command beckon, which tells what works without a display', () => {
    const said = debian.try(person, 'beckon', ['--version']);
    expect(said.stdout.trim()).toBe(JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')).version);
    const { stdout } = debian.try(person, 'beckon', ['doctor']);
    expect(stdout).toMatch(/24\.\d+/);
    const hostile = { ...plainEnv(person), NODE_OPTIONS: '--require /no/such/file.js' };
    expect(debian.try(person, 'beckon', ['--version'], hostile).status).toBe(0);
  });

  it('answers a question in the terminal with a model on this machine', () => {
    debian.give(requireModel(smallModel), `${home}/.local/share/beckon/models/${smallModel}.gguf`);
    debian.run('root', 'chown', ['-R', `${person}:`, `/${home}`]);
    const words = ['ask', '--model', smallModel, 'What is the capital of France? Answer with one word.'];
    const { status, stdout, stderr } = debian.try(person, 'beckon', words);
    expect(`${status} ${stdout}${stderr}`).toMatch(/^0 [\s\S]*Paris/);
  });

  it('runs as an ordinary user with the sandbox, and the main journey works in it', async () => {
    debian.install('mousepad', 'at-spi2-core', 'dbus', 'fonts-dejavu-core');
    debian.write(`${profile}/settings.json`, JSON.stringify({ version: 1, ...readySettings }));
    debian.write(`${home}/note.txt`, `${text}\n`);
    mkdirSync(debian.place(`${home}/run`), { recursive: true, mode: 0o700 });
    debian.run('root', 'chown', ['-R', `${person}:`, `/${home}`]);
    debian.run('root', 'chmod', ['700', `/${home}/run`, `/${profile}`]);
    const bus = debian.start(person, 'dbus-daemon', ['--session', '--nofork', `--address=unix:path=/${home}/run/bus`], {
      env: env(),
    });
    await waitFor('the session bus is there', () => existsSync(debian.place(`${home}/run/bus`)));
    const editor = debian.start(person, 'mousepad', ['--disable-server', `/${home}/note.txt`], { env: env() });
    // As the desktop entry starts it.
    const [command = '', ...words] = entryCommand(debian.place('usr/share/applications/beckon.desktop'));
    const app = debian.start(person, command, words, { env: env() });
    try {
      await waitFor('the overlay that the entry asked for', () => isShown(display), 60_000);
      await expectSandbox(app.pid ?? 0);
      expect(display.xdotool('search', '--onlyvisible', '--class', '^beckon$')).not.toBe('');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      const empty = await waitFor('its height stands still', () => standingHeight(display));
      display.press('Escape');
      await waitFor('it is gone', () => !isShown(display));
      await waitFor('the editor has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
      display.press('ctrl+Home', 'shift+End');
      await waitFor('the text is selected', () => display.selection('primary') === text);
      display.press('ctrl+shift+space');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      // What was captured and what can be done with it make it taller; nothing else tells from outside that the capture ended.
      await waitFor('the selection is shown', async () => (await standingHeight(display)) > empty + 100, 60_000);
      const before = answersIn(debian);
      display.type('summ', 80);
      display.press('Return');
      const answer = await waitFor(
        'an answer is stored',
        () => answersIn(debian) > before && readAnswer(debian.place(`${profile}/beckon.db`)),
        600_000,
      );
      expect(String(answer).length).toBeGreaterThan(10);
      display.press('Return');
      await waitFor('the overlay is gone', () => !isShown(display));
      const saved = () => readFileSync(debian.place(`${home}/note.txt`), 'utf8').trim();
      await waitFor('the summary is in the document', () => {
        display.press('ctrl+s');
        return saved() !== text && saved() !== '';
      });
      display.screenshot(join(checkout, 'out', 'package-journey.png'));
      display.press('ctrl+shift+space');
      await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
      display.press('ctrl+z');
      await waitFor('the text is back', () => {
        if (display.focusedTitle() !== 'Beckon') display.press('ctrl+s');
        return saved() === text;
      });
    } finally {
      display.screenshot(join(checkout, 'out', 'package-end.png'));
      for (const child of [app, editor]) await endTree(child);
      await endProgram(bus);
    }
  });

  it('is removed and purged, with everything of the person kept', () => {
    debian.run('root', 'dpkg', ['-r', 'beckon']);
    expect(existsSync(debian.place('usr/lib/beckon'))).toBe(false);
    expect(debian.try(person, 'sh', ['-c', 'command -v beckon']).stdout).toBe('');
    debian.try('root', 'dpkg', ['-P', 'beckon']);
    for (const place of [
      'usr/lib',
      'usr/share/applications',
      'usr/share/doc',
      'usr/share/metainfo',
      'etc',
      'var/lib/dpkg/info',
    ])
      expect(
        existsSync(debian.place(place))
          ? readdirSync(debian.place(place)).filter((name) => name.includes('beckon'))
          : [],
      ).toEqual([]);
    expect(readAnswer(debian.place(`${profile}/beckon.db`))).not.toBeNull();
    expect(existsSync(debian.place(`${profile}/settings.json`))).toBe(true);
    expect(existsSync(debian.place(`${home}/.local/share/beckon/models/${smallModel}.gguf`))).toBe(true);
  });
});

describe('both packages', () => {
  it('have the same bytes when they are built once more, from a build of everything', () => {
    const sums = () => readFileSync(join(checkout, 'dist', 'SHA256SUMS'), 'utf8');
    const before = sums();
    for (const part of ['shell', 'pages', 'node']) rmSync(join(checkout, 'out', `.${part}`), { force: true });
    packageBoth('077');
    expect(sums()).toBe(before);
    run('sh', ['-c', `cd '${join(checkout, 'dist')}' && sha256sum -c SHA256SUMS`]);
  });
});

describe('the RPM package', () => {
  const query = (...words: readonly string[]) => run('rpm', ['-qp', ...words, made(/\.rpm$/)]);

  it('holds the same files as the Debian package, with the same rights', () => {
    const rpm = query('--qf', '[%{FILEMODES:perms} %{FILENAMES}\\n]')
      .split('\n')
      .filter((line) => /^[-l]/.test(line));
    const deb = run('dpkg-deb', ['-c', made(/\.deb$/)])
      .split('\n')
      .filter((line) => /^[-l]/.test(line));
    const names = (lines: readonly string[]) =>
      lines.map((line) => `${line.slice(0, 10)} ${/ \.?(\/\S.*?)( -> .*)?$/.exec(line)?.[1]}`).sort();
    expect(names(rpm)).toEqual(names(deb));
    expect(rpm.filter((line) => line.startsWith('-rws'))).toEqual(['-rwsr-xr-x /usr/lib/beckon/chrome-sandbox']);
    expect(
      query('--qf', '[%{FILEUSERNAME}:%{FILEGROUPNAME}\\n]')
        .trim()
        .split('\n')
        .every((owner) => owner === 'root:root'),
    ).toBe(true);
  });

  it('asks for libraries by name, of which it brings none itself, and runs no script', () => {
    const wanted = query('--requires').split('\n');
    // One that is linked, and one that Chromium opens by itself.
    for (const name of ['libgtk-3.so.0', 'libX11-xcb.so.1']) expect(wanted).toContain(`${name}()(64bit)`);
    expect(wanted.filter((name) => /ffmpeg|llama|ggml|^\/usr\/bin/.test(name))).toEqual([]);
    expect(query('--scripts').trim()).toBe('');
    expect(query('--qf', '%{NAME} %{VERSION} %{LICENSE}')).toMatch(/^beckon \d+\.\d+\.\d+ MIT$/);
    expect(run('rpm', ['-K', '--nosignature', made(/\.rpm$/)])).toMatch(/digests OK/);
  });
});

function made(pattern: RegExp): string {
  const dist = join(checkout, 'dist');
  const [newest] = readdirSync(dist)
    .filter((name) => pattern.test(name))
    .sort((a, b) => statSync(join(dist, b)).mtimeMs - statSync(join(dist, a)).mtimeMs);
  if (newest === undefined) throw new Error(`no package in dist that fits ${pattern}`);
  return join(dist, newest);
}

function isShown(display: TestDisplay): boolean {
  return display.visibleTitles().includes('Beckon');
}

/** The overlay's height in pixels, once two looks at it agree; 0 while it still grows. */
async function standingHeight(display: TestDisplay): Promise<number> {
  const look = () =>
    Number(
      /HEIGHT=(\d+)/.exec(
        display.xdotool('search', '--onlyvisible', '--name', '^Beckon$', 'getwindowgeometry', '--shell'),
      )?.[1] ?? 0,
    );
  const first = look();
  await sleep(300);
  return look() === first ? first : 0;
}

function answersIn(debian: CleanDebian): number {
  const ask = `SELECT count(*) FROM messages WHERE role = 'assistant' AND state = 'complete'`;
  const code = `const {DatabaseSync}=require('node:sqlite');const d=new DatabaseSync(process.argv[1],{readOnly:true});console.log(Object.values(d.prepare(${JSON.stringify(ask)}).get())[0])`;
  return Number(run(process.execPath, ['-e', code, debian.place(`${profile}/beckon.db`)]));
}

/** The words of the entry's first command, which has none that are quoted. */
function entryCommand(path: string): readonly string[] {
  return /^Exec=(.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.split(' ') ?? [];
}

/** A page has a filter of system calls and namespaces of its own, and nobody turned that off. */
async function expectSandbox(pid: number): Promise<void> {
  const renderer = await waitFor('a page is running', () =>
    processTree(pid).find(({ command }) => command.includes('--type=renderer')),
  );
  expect(processTree(pid).some(({ command }) => command.includes('--no-sandbox'))).toBe(false);
  const status = readFileSync(`/proc/${renderer.pid}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s*2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
  expect(status).toMatch(/^Uid:\s*[1-9]/m);
  for (const space of ['user', 'pid', 'net'])
    expect(readlinkSync(`/proc/${renderer.pid}/ns/${space}`)).not.toBe(readlinkSync(`/proc/self/ns/${space}`));
}
