import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkout, nodeExecutable } from './beckon-app.ts';
import type { TestDisplay } from './display.ts';
import { waitFor } from './processes.ts';

/** A window that does what it is told to on the key that copies (`tests/fakes/copying-window.ts`). */
export interface FakeWindow {
  readonly process: ChildProcess;
  /** What it said so far: a line for each key, `copied`, `refused`, `lost`. */
  readonly said: () => string;
  /** Has it do what it does late. */
  readonly goOn: () => void;
}

/** Opens a window of that application and title, which has the keyboard then. */
export async function openWindow(
  display: TestDisplay,
  application: string,
  title: string,
  does: string,
  text: string,
): Promise<FakeWindow> {
  const script = join(checkout, 'tests', 'fakes', 'copying-window.ts');
  const child = spawn(nodeExecutable, [script, application, title, does, text], {
    env: display.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (line: Buffer) => {
    said += line.toString();
  });
  await waitFor(`${title} has the keyboard`, () => display.focusedTitle() === title);
  return { process: child, said: () => said.replace('ready\n', ''), goOn: () => void child.stdin.write('\n') };
}
