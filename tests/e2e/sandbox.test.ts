import { cpSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout, electronExecutable, readySettings, writeSettings } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, type ProcessEntry, processTree, run, startProgram, waitFor } from '../support/processes.ts';
import { asTestUser, ensureTestUser, isRoot, testUser } from '../support/test-user.ts';

describe("Chromium's sandbox", () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-sandbox-'));
  let display: TestDisplay;

  beforeAll(async () => {
    display = await TestDisplay.start();
  });

  afterAll(async () => {
    await display?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is on for an ordinary user: the page has a filter of system calls and namespaces of its own', async () => {
    const profile = join(folder, 'profile');
    writeSettings(profile, readySettings);
    // Runtime and app are copied to where any user can read them: a checkout may be in a closed home.
    const runtime = join(folder, 'runtime');
    cpSync(dirname(electronExecutable()), runtime, { recursive: true });
    const app = join(folder, 'app');
    mkdirSync(app);
    for (const name of ['out', 'package.json']) cpSync(join(checkout, name), join(app, name), { recursive: true });
    if (isRoot()) giveToTestUser(folder);

    const electron = join(runtime, 'electron');
    const [command, args] = asTestUser(electron, [app]);
    const env = { ...display.env, HOME: join(folder, 'profile'), XDG_RUNTIME_DIR: profile, XDG_CONFIG_HOME: profile };
    const child = startProgram(command, args, { env: { ...env, BECKON_PROFILE: profile } });
    try {
      const renderer = await waitFor('a page is running', () => find(child.pid, '--type=renderer'), 30_000);
      expect(processTree(child.pid ?? 0).some(({ command: line }) => line.includes('--no-sandbox'))).toBe(false);
      const status = readFileSync(`/proc/${renderer.pid}/status`, 'utf8');
      expect(status).toMatch(/^Seccomp:\s*2$/m);
      expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
      const main = await waitFor('the main process', () => find(child.pid, `${electron} ${app}`));
      for (const space of ['user', 'pid', 'net']) {
        expect(readlinkSync(`/proc/${renderer.pid}/ns/${space}`)).not.toBe(
          readlinkSync(`/proc/${main.pid}/ns/${space}`),
        );
      }
      await waitFor('the overlay answers the hotkey', () => {
        display.press('ctrl+shift+space');
        return display.visibleTitles().includes('Beckon');
      });
    } finally {
      for (const { pid } of processTree(child.pid ?? 0).reverse()) if (pid !== child.pid) process.kill(pid, 'SIGTERM');
      await endProgram(child);
    }
  });
});

function find(root: number | undefined, part: string): ProcessEntry | undefined {
  return processTree(root ?? 0).find(({ command }) => command.includes(part) && !command.startsWith('runuser'));
}

function giveToTestUser(folder: string): void {
  ensureTestUser();
  run('chmod', ['-R', 'a+rX', folder]);
  run('chown', ['-R', testUser, join(folder, 'profile')]);
}
