import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout, nodeExecutable, requireModel, testModels, tinyModel, writeSettings } from '../support/beckon-app.ts';
import { othersCouldReach, readTrace, type TracedPath, tracedCalls } from '../support/traced-paths.ts';

/** Named by the system for everybody, and looked at by whoever starts: the display’s socket folder, devices, processes. */
const system = [/^\/(proc|sys|dev)\//];

describe('every path that a command opens, makes, runs or reaches', () => {
  let root: string;

  beforeEach(() => {
    requireModel(tinyModel);
    root = mkdtempSync(join(tmpdir(), 'beckon-paths-'));
    for (const name of ['shared', 'shared/tmp', 'open']) mkdirSync(join(root, name));
    // A temporary folder as systems have it, and a folder to start in that anybody writes to.
    chmodSync(join(root, 'shared', 'tmp'), 0o1777);
    chmodSync(join(root, 'open'), 0o777);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  async function trace(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<readonly TracedPath[]> {
    const file = join(root, 'trace');
    // Only at the calls that are looked at does it stop: an engine makes very many others.
    const stops = ['--seccomp-bpf', '-e', `trace=${tracedCalls}`];
    const strace = ['-f', '-y', '-qq', '-s', '4096', ...stops, '-o', file, nodeExecutable, ...args];
    const traced = spawn('strace', strace, {
      cwd: join(root, 'open'),
      env: { ...process.env, TMPDIR: join(root, 'shared', 'tmp'), LANG: 'C.UTF-8', DISPLAY: undefined, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [stderr, [status]] = await Promise.all([text(traced.stderr), once(traced, 'exit')]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return readTrace(file);
  }

  it('would be caught in a shared folder, in the folder it was started in, and under a name that others could make', async () => {
    const code = `
      const fs = require('node:fs');
      for (const path of ['made-up', '${join(root, 'shared', 'tmp')}/known-name', '${join(root, 'open')}/module.js']) try { fs.readFileSync(path); } catch {}
      fs.mkdtempSync('${join(root, 'shared', 'tmp')}/unique-');
      fs.mkdirSync('${join(root, 'shared', 'tmp')}/code-cache');
      fs.writeFileSync('${join(root, 'shared', 'tmp')}/planted', '', { flag: 'wx' });`;
    const bad = othersCouldReach(await trace(['-e', code]), process.getuid?.() ?? -1, system).join('\n');
    for (const name of ['made-up', 'known-name', 'module.js', 'planted', 'code-cache']) expect(bad).toContain(name);
    expect(bad).not.toContain('unique-');
  });

  it('lies where no other user can write: the compile cache lay in the temporary folder', async () => {
    const profile = join(root, 'profile');
    writeSettings(profile, { modelId: tinyModel, firstRunDone: true, lingerSeconds: 0 });
    const env = { BECKON_PROFILE: profile, BECKON_MODELS: testModels };
    const cli = join(checkout, 'cli', 'index.ts');
    for (const args of [['ask', 'Say hello.'], ['history'], ['models']]) {
      const paths = await trace([cli, ...args], env);
      expect(paths.length).toBeGreaterThan(100);
      expect(othersCouldReach(paths, process.getuid?.() ?? -1, system)).toEqual([]);
    }
  });
});
