import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout, nodeExecutable, testModels, tinyModel, writeSettings } from '../support/beckon-app.ts';
import { endProgram, processTree, waitFor } from '../support/processes.ts';

describe('a core that a command starts', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-handed-'));
    writeSettings(join(root, 'profile'), { modelId: tinyModel, firstRunDone: true, lingerSeconds: 0 });
    writeFileSync(join(root, 'secret'), 'secret');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  it('has none of the files, pipes and sockets that the shell of the command had open', async () => {
    // The numbers Node marks itself and those beyond, a pipe among them.
    const opened = [4, 7, 12, 15, 16, 40, 90, 200]
      .map((number) => `exec ${number}<'${join(root, 'secret')}'`)
      .join('; ');
    const script = `${opened}; exec 9> >(sleep 30); exec 60> >(sleep 30); exec '${nodeExecutable}' '${join(checkout, 'cli', 'index.ts')}' chat`;
    const shell = spawn('bash', ['-c', script], {
      env: { ...process.env, BECKON_PROFILE: join(root, 'profile'), BECKON_MODELS: testModels, LANG: 'C.UTF-8' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      const core = await waitFor(
        'core is there',
        () => processTree(shell.pid ?? 0).find(({ command }) => command.endsWith(`${join('cli', 'index.ts')} core`)),
        30_000,
      );
      await waitFor('core listens', () => readdirSync(join(root, 'profile')).includes('core.sock'), 30_000);
      const targets = (pid: number) =>
        readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
          const { stdout } = spawnSync('readlink', [`/proc/${pid}/fd/${name}`], { encoding: 'utf8' });
          return stdout.trim() === '' ? [] : [stdout.trim()];
        });
      const ofCommand = new Set(targets(shell.pid ?? 0));
      expect([...ofCommand]).toContain(join(root, 'secret'));
      const shared = targets(core.pid).filter(
        (target) => ofCommand.has(target) && !/^(\/dev\/null|anon_inode:)/.test(target),
      );
      expect(shared).toEqual([]);
      expect(readlinkSync(`/proc/${core.pid}/cwd`)).toBe('/');
    } finally {
      shell.stdin?.end();
      await endProgram(shell);
    }
  });
});
