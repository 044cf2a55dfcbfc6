import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { DesktopProcess } from '../../core/desktop/desktop-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { type DesktopStage, describeDesktopPort } from '../support/desktop-port-suite.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, waitFor } from '../support/processes.ts';

describe('X11, in its own process, over the owner of PRIMARY', () => {
  let display: TestDisplay;

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    // The desktop process takes the environment of the one that starts it.
    Object.assign(process.env, display.env);
  });

  afterAll(() => display?.stop());

  async function open(): Promise<DesktopStage> {
    const entry = join(checkout, 'desktop', 'entry.ts');
    const desktop = new DesktopProcess({ node: nodeExecutable, entry, shellProcessId: null });
    await desktop.describe();
    const select = async (text: string | null) => {
      if (text === null) return;
      const file = join(display.folder, 'selected');
      writeFileSync(file, text);
      owner = display.start('xclip', ['-quiet', '-selection', 'primary', '-i', file]);
      await waitFor('it is selected', isOwned);
    };
    let owner: ReturnType<TestDisplay['start']> | null = null;
    const close = async () => {
      desktop.dispose();
      if (owner !== null) await endProgram(owner);
    };
    return { desktop, select, alwaysCause: null, close };
  }

  function isOwned(): boolean {
    return spawnSync('xclip', ['-o', '-selection', 'primary', '-t', 'TARGETS'], { env: display.env }).status === 0;
  }

  describeDesktopPort(open);
});
