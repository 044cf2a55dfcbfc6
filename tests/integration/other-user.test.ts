import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { checkout, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import { endProgram, run, waitFor } from '../support/processes.ts';
import { ensureTestUser, isRoot, testUser } from '../support/test-user.ts';

/** The user that nothing belongs to, as who attacks. */
const nobody = 65534;

/** Only root can be two other users. */
describe.runIf(isRoot())('another user of the machine', () => {
  let root: string;
  let server: StreamingServer;
  let victimId: number;

  beforeAll(async () => {
    ensureTestUser();
    victimId = Number(run('id', ['-u', testUser]));
    root = mkdtempSync(join(tmpdir(), 'beckon-other-'));
    chmodSync(root, 0o755);
    // Copied to where any user can read them: a checkout may be in a closed home.
    cpSync(join(checkout, 'out', 'node'), join(root, 'app'), { recursive: true });
    copyFileSync(realpathSync(nodeExecutable), join(root, 'node'));
    server = await StreamingServer.start();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  /** A profile of the victim's with a server to ask; `folder` is made for them alone. */
  function profileIn(folder: string): string {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const profile = join(folder, 'profile');
    writeSettings(profile, {
      modelId: 'server:s-1:parrot',
      firstRunDone: true,
      servers: [{ id: 's-1', address: server.address, label: '', models: ['parrot'], keyKept: 'none' }],
    });
    run('chown', ['-R', testUser, profile]);
    chmodSync(profile, 0o700);
    return profile;
  }

  function beckon(profile: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const words = ['-u', testUser, '--', join(root, 'node'), join(root, 'app', 'cli.mjs'), ...args];
    const clean = {
      PATH: process.env['PATH'],
      HOME: `/home/${testUser}`,
      LANG: 'C.UTF-8',
      BECKON_PROFILE: profile,
      ...env,
    };
    return spawn('runuser', words, { env: clean, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
  }

  async function ask(profile: string, question: string, env: NodeJS.ProcessEnv = {}) {
    const child = beckon(profile, ['ask', question], env);
    child.stdin.end();
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, out: out.trim(), err };
  }

  /** Runs a line of JavaScript as the attacker; true when it did not throw. */
  function attack(code: string, ...args: readonly string[]): boolean {
    const as = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups'];
    return spawnSync('setpriv', [...as, join(root, 'node'), '-e', code, ...args], { cwd: '/tmp' }).status === 0;
  }

  it('cannot have code of theirs run by way of the compile cache: it lay in the shared folder under a name anyone can make', async () => {
    const shared = mkdtempSync(join(tmpdir(), 'beckon-shared-'));
    chmodSync(shared, 0o1777);
    const plant = `
      const { mkdirSync, chmodSync } = require('node:fs');
      const tag = \`\${process.version}-\${process.arch}-964aae3f-\${process.argv[1]}\`;
      for (const folder of ['node-compile-cache', \`node-compile-cache/\${tag}\`]) {
        mkdirSync(\`${shared}/\${folder}\`);
        chmodSync(\`${shared}/\${folder}\`, 0o777);
      }`;
    expect(attack(plant, String(victimId))).toBe(true);
    const profile = profileIn(join(root, 'cache'));
    server.answers.push('Fine.', 'Fine.');
    for (const question of ['one', 'two'])
      expect(await ask(profile, question, { TMPDIR: shared })).toMatchObject({ code: 0, out: 'Fine.' });
    const inShared = readdirSync(shared, { recursive: true, withFileTypes: true }).filter(
      (entry) => !entry.isDirectory(),
    );
    expect(inShared.map(({ name }) => name)).toEqual([]);
    // It is kept, where it is the victim's alone.
    const cache = join(profile, 'code-cache');
    expect(lstatSync(cache)).toMatchObject({ uid: victimId });
    expect(lstatSync(cache).mode & 0o777).toBe(0o700);
    expect(readdirSync(cache, { recursive: true }).length).toBeGreaterThan(3);
    rmSync(shared, { recursive: true, force: true });
  });

  it('reads, writes and reaches nothing of a profile, whatever its files are called', async () => {
    const profile = profileIn(join(root, 'closed'));
    const chat = beckon(profile, ['history']);
    await new Promise((resolve) => chat.once('close', resolve));
    const owner = beckon(profile, ['chat']);
    owner.stdout.resume();
    await waitFor('core listens', () => existsSync(join(profile, 'core.sock')), 30_000);
    const names = [
      'core.token',
      'core.sock',
      'settings.json',
      'beckon.db',
      'core.lock',
      'start.lock',
      'logs/core.log',
      'code-cache',
    ];
    for (const name of names) {
      const path = join(profile, name);
      expect(existsSync(path)).toBe(true);
      expect({ name, mode: lstatSync(path).mode & 0o077 }).toEqual({
        name,
        mode: name === 'settings.json' ? 0o044 : 0,
      });
      for (const code of [
        'readFileSync(process.argv[1])',
        "writeFileSync(process.argv[1], '')",
        'lstatSync(process.argv[1])',
        "renameSync(process.argv[1], '/tmp/mine')",
      ])
        expect({ name, code, done: attack(`require('node:fs').${code}`, path) }).toEqual({ name, code, done: false });
    }
    expect(
      attack(
        "require('node:net').connect(process.argv[1]).on('error', () => process.exit(1)).on('connect', () => process.exit(0))",
        join(profile, 'core.sock'),
      ),
    ).toBe(false);
    await endProgram(owner);
  });

  it('hears no token and no question where the path of the profile is long: the socket lay in /tmp under a name anyone can compute', async () => {
    const profile = profileIn(join(root, 'x'.repeat(120)));
    const name = createHash('sha256').update(profile).digest('hex').slice(0, 16);
    const path = join(tmpdir(), `beckon-${name}.sock`);
    const code = `
      const { createServer } = require('node:net');
      createServer((socket) => { socket.on('data', (bytes) => process.stdout.write(bytes)); socket.write('{"hello":"beckon"}\\n'); }).listen(process.argv[1]);`;
    const as = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups'];
    const stranger = spawn('setpriv', [...as, join(root, 'node'), '-e', code, path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let heard = '';
    stranger.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text));
    await waitFor('the stranger listens', () => existsSync(path));
    server.answers.push('Fine.', 'Fine.');
    expect(await ask(profile, 'my secret question', { XDG_RUNTIME_DIR: undefined })).toMatchObject({
      code: 0,
      out: 'Fine.',
    });
    // A token that a core left which was killed.
    run('runuser', [
      '-u',
      testUser,
      '--',
      'sh',
      '-c',
      `umask 077; printf ${'a'.repeat(64)} > '${join(profile, 'core.token')}'`,
    ]);
    expect(await ask(profile, 'my secret question')).toMatchObject({ code: 0, out: 'Fine.' });
    await endProgram(stranger);
    rmSync(path, { force: true });
    expect(heard).toBe('');
  });

  it('gets nobody to use a folder that they made, own, can write to or can replace: each is refused with a sentence', async () => {
    const traps = join(root, 'traps');
    mkdirSync(traps);
    chmodSync(traps, 0o1777);
    const make = (name: string, mode: number) =>
      attack(
        `require('node:fs').mkdirSync(process.argv[1]); require('node:fs').chmodSync(process.argv[1], ${mode});`,
        join(traps, name),
      );
    expect(make('made-before', 0o777) && make('theirs', 0o755) && make('open', 0o777)).toBe(true);
    // The victim's own folders, in places where somebody else can rename them.
    for (const place of ['theirs', 'open'])
      run('install', ['-d', '-o', testUser, '-m', '700', join(traps, place, 'mine')]);
    // A folder of the victim's that the attacker's group may write to.
    run('install', ['-d', '-o', testUser, '-g', String(nobody), '-m', '770', join(traps, 'shared')]);
    run('install', ['-d', '-o', testUser, '-m', '700', join(traps, 'shared', 'mine')]);
    run('install', ['-d', '-o', testUser, '-m', '777', join(traps, 'mine-but-open')]);
    run('install', ['-d', '-o', testUser, '-m', '755', join(traps, 'documents')]);
    run('install', ['-o', testUser, '-m', '644', '/etc/hostname', join(traps, 'documents', 'letter.odt')]);
    const cases: readonly (readonly [string, RegExp])[] = [
      [join(traps, 'made-before'), /another user|may not write/],
      [join(traps, 'theirs', 'mine'), /Other users can write/],
      [join(traps, 'open', 'mine'), /Other users can write/],
      [join(traps, 'shared', 'mine'), /Other users can write/],
      [join(traps, 'mine-but-open'), /Other users can write/],
      [join(traps, 'documents'), /holds other things/],
      [traps, /another user/],
    ];
    for (const [folder, sentence] of cases) {
      const before = lstatSync(folder).mode;
      const { code, err } = await ask(folder, 'hello');
      expect({ folder, code }).toEqual({ folder, code: 1 });
      expect(err).toMatch(sentence);
      expect(lstatSync(folder).mode).toBe(before);
      expect(existsSync(join(folder, 'beckon.db'))).toBe(false);
    }
  });

  // The lock could be taken, the token could not be written, and no chat was shown.
  it('is not why a profile is closed that its owner may not write to: its chats are read, in a home of umask 002 too', async () => {
    const home = join(root, 'home');
    run('install', ['-d', '-o', testUser, '-g', testUser, '-m', '775', home]);
    const profile = profileIn(join(home, 'place'));
    run('chown', [`${testUser}:${testUser}`, join(home, 'place')]);
    chmodSync(join(home, 'place'), 0o775);
    server.answers.push('Fine.', 'Fine.');
    expect(await ask(profile, 'where is the lighthouse?')).toMatchObject({ code: 0, out: 'Fine.' });
    chmodSync(profile, 0o500);
    const child = beckon(profile, ['history']);
    child.stdin.end();
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect({ code, err: err.join('') }).toEqual({
      code: 0,
      err: expect.stringContaining('may not write to its folder'),
    });
    expect(out.join('')).toContain('where is the lighthouse?');
    chmodSync(profile, 0o700);
  });

  it('gains nothing by renaming folders while the victim starts: no file of a question comes into their hands', async () => {
    const race = join(root, 'race');
    mkdirSync(race);
    chmodSync(race, 0o1777);
    const code = `
      const fs = require('node:fs');
      const end = Date.now() + 4000;
      while (Date.now() < end) {
        try { fs.mkdirSync(process.argv[1], { mode: 0o777 }); fs.chmodSync(process.argv[1], 0o777); } catch {}
        try { fs.rmdirSync(process.argv[1]); } catch {}
        try { fs.symlinkSync('/tmp', process.argv[1]); } catch {}
        try { fs.unlinkSync(process.argv[1]); } catch {}
      }`;
    const as = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups'];
    const stranger = spawn('setpriv', [...as, join(root, 'node'), '-e', code, join(race, 'profile')], {
      stdio: 'ignore',
    });
    await waitFor('the stranger is at it', () => existsSync(join(race, 'profile')));
    for (let round = 0; round < 3; round += 1) await ask(join(race, 'profile'), 'my secret question');
    await endProgram(stranger);
    const theirs = spawnSync('find', [race, '-user', String(nobody), '-type', 'f'], { encoding: 'utf8' }).stdout;
    expect(theirs).toBe('');
    if (existsSync(join(race, 'profile'))) {
      const { uid, mode } = lstatSync(join(race, 'profile'));
      const holds = spawnSync('find', [join(race, 'profile'), '-name', 'beckon.db'], { encoding: 'utf8' }).stdout;
      expect(holds === '' || (uid === victimId && (mode & 0o077) === 0)).toBe(true);
    }
  });
});
