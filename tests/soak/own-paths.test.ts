import { chmodSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BeckonApp,
  electronExecutable,
  readySettings,
  smallModel,
  testModels,
  writeSettings,
} from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { type ProcessEntry, processTree, sleep, waitFor } from '../support/processes.ts';
import { othersCouldReach, readTrace, tracedCalls } from '../support/traced-paths.ts';

/** Named by the system for everybody: devices, processes, the sockets of displays, and fonts that its staff puts in. */
const system = [/^\/(proc|sys|dev)\//, /^\/tmp\/\.(X11|ICE)-unix\//, /^\/usr\/local\/share\/fonts/];

describe('the whole app', () => {
  let display: TestDisplay;
  let shared: string;

  beforeAll(async () => {
    display = await TestDisplay.start();
    shared = join(display.folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
  });
  afterAll(() => display?.stop());

  it('opens, makes, runs and reaches nothing by a path that another user could make or write to', async () => {
    const trace = join(display.folder, 'trace');
    // Kept until the trace has been judged.
    const profile = join(display.folder, 'profile');
    writeSettings(profile, { ...readySettings, modelId: smallModel });
    const program = join(display.folder, 'traced');
    const strace = `exec strace -f -y -qq -s 4096 -e trace=${tracedCalls} -o '${trace}' '${electronExecutable()}' "$@"`;
    writeFileSync(program, `#!/bin/sh\n${strace}\n`, { mode: 0o755 });
    const app = await BeckonApp.launch({
      display,
      executable: program,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      env: { TMPDIR: shared, BECKON_MODELS: testModels },
      profile,
    });
    try {
      await app.waitForCore(60_000);
      await app.ask('run.start', { conversationId: null, text: 'Say hello.', modelId: null, editsMessageId: null });
      await waitFor('the engine is there', () => app.enginePid() !== undefined, 60_000);
      await sleep(5000);
      for (const page of ['chats', 'models', 'settings']) await app.ask('window.show', { page });
      await sleep(3000);
    } finally {
      await app.close();
    }
    const paths = readTrace(trace);
    expect(paths.length).toBeGreaterThan(1000);
    expect(othersCouldReach(paths, process.getuid?.() ?? -1, system)).toEqual([]);
  });

  it('hands no process a file, a socket or a pipe that is not meant for it', async () => {
    const app = await BeckonApp.launch({ display, settings: { modelId: smallModel } });
    try {
      await app.waitForCore(30_000);
      await app.ask('run.start', { conversationId: null, text: 'Say hello.', modelId: null, editsMessageId: null });
      await waitFor('the engine is there', () => app.enginePid() !== undefined, 60_000);
      await waitFor('what talks to other applications is there', () => app.processIds('desktop/entry.ts').length > 0);
      const main = new Set(openFiles(app.pid).map(({ target }) => target));
      const programs = processTree(app.pid).filter(({ command }) =>
        /(core|engine|desktop)[./](entry\.ts|mjs)/.test(command),
      );
      expect(programs.map(nameOf).sort()).toEqual(['core/entry.ts', 'desktop/entry.ts', 'engine/entry.ts']);
      for (const program of programs) {
        const handed = openFiles(program.pid).filter(
          ({ number, target }) => number > 3 && main.has(target) && !/^(\/dev\/null|anon_inode:)/.test(target),
        );
        expect({ program: nameOf(program), handed }).toEqual({ program: nameOf(program), handed: [] });
      }
    } finally {
      await app.close();
    }
  });
});

function nameOf({ command }: ProcessEntry): string {
  return command.split('/').slice(-2).join('/');
}

/** A socket and a pipe have a number of their own, so that the same target means the same one. */
function openFiles(pid: number): readonly { readonly number: number; readonly target: string }[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${name}`);
      return [{ number: Number(name), target }];
    } catch {
      return [];
    }
  });
}
