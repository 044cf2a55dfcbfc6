import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { beginStream, chunk, RoughServer } from '../fakes/rough-server.ts';
import { checkout, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import { endProgram, waitFor } from '../support/processes.ts';

/** A Node that can put a program in its place, and one that cannot and starts the cli as a child. */
const nodes = {
  'takes its place': [],
  'is its child': ['--import', 'data:text/javascript,delete process.execve'],
} as const;

describe('the beckon command of a checkout, where the cli', () => {
  let root: string;
  let server: RoughServer;
  let child: ChildProcess;
  let begun: number;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'beckon-launcher-'));
    server = await RoughServer.start((response) => {
      beginStream(response);
      begun += 1;
      response.write(chunk({ content: 'A beginning' }));
    });
    writeSettings(join(root, 'profile'), {
      modelId: 'server:s-1:m',
      firstRunDone: true,
      servers: [{ id: 's-1', address: server.address, label: '', models: ['m'], keyKept: 'none' }],
    });
  });
  afterEach(() => endProgram(child));
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  /** Asks, and resolves once the answer has begun. In a session of its own, so that signals to this test's group do not count. */
  async function ask(node: readonly string[], before: readonly string[] = []) {
    const [command = '', ...args] = [
      ...before,
      nodeExecutable,
      ...node,
      join(checkout, 'scripts', 'beckon.mjs'),
      'ask',
      'Q',
    ];
    child = spawn(command, args, {
      env: { ...process.env, BECKON_PROFILE: join(root, 'profile'), LANG: 'C.UTF-8' },
      stdio: [before.length === 0 ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    begun = 0;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await waitFor('the answer has begun', () => begun === 1, 60_000);
    return { ended, said: () => said };
  }

  it.each(Object.entries(nodes))(
    '%s stops for a signal to its one process id: it went on as if nothing had been sent',
    async (_, node) => {
      const { ended, said } = await ask(node);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(said()).toContain('Stopped.');
    },
  );

  it.each(Object.entries(nodes))(
    '%s takes one Ctrl+C of a terminal as one: a second one ends it unsaid',
    async (_, node) => {
      const { ended, said } = await ask(node, ['python3', '-c', terminal]);
      child.stdin?.write('\u0003');
      expect(await ended).toBe(130);
      expect(said()).toContain('Stopped.');
    },
  );
});

/** Runs a program in a terminal of its own; what is piped in is typed there. */
const terminal = `
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
`;
