import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout, nodeExecutable, requireModel, testModels, tinyModel, writeSettings } from '../support/beckon-app.ts';

describe('beckon ask without a network', () => {
  let profile: string;

  beforeEach(() => {
    requireModel(tinyModel);
    profile = mkdtempSync(join(tmpdir(), 'beckon-offline-'));
    writeSettings(profile, { modelId: tinyModel, firstRunDone: true, lingerSeconds: 0 });
  });
  afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  /** Runs Node in a namespace that has no route, and gives what came and which addresses it tried. */
  function runWithoutRoute(args: readonly string[]): { code: number | null; out: string; tried: readonly string[] } {
    const trace = join(profile, 'trace');
    const strace = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', trace];
    const { status, stdout } = spawnSync('unshare', ['-rn', ...strace, nodeExecutable, ...args], {
      env: { ...process.env, BECKON_PROFILE: profile, BECKON_MODELS: testModels, LANG: 'C.UTF-8' },
      input: '',
      encoding: 'utf8',
      timeout: 120_000,
    });
    const tried = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => /AF_INET6?\b/.test(line));
    return { code: status, out: stdout, tried };
  }

  it('is watched by a check that catches a deliberate connection', () => {
    const code = "require('node:net').connect(9, '192.0.2.1').on('error', () => {})";
    expect(runWithoutRoute(['-e', code]).tried.length).toBeGreaterThan(0);
  });

  it('answers and tries no connection', () => {
    const { code, out, tried } = runWithoutRoute([join(checkout, 'cli', 'index.ts'), 'ask', 'Say hello.']);
    expect({ code, tried }).toEqual({ code: 0, tried: [] });
    expect(out.trim()).not.toBe('');
  });
});
