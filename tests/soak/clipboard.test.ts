import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { openChromium, pasteOnce } from '../support/paste-rounds.ts';
import { endProgram } from '../support/processes.ts';

const rounds = 100;

describe('the clipboard', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;

  beforeAll(async () => {
    display = await TestDisplay.start();
    desktop = spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
      env: display.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  });

  afterAll(async () => {
    if (desktop) await endProgram(desktop);
    await display?.stop();
  });

  it(`is as it was after each of ${rounds} pastes`, async () => {
    const client = new WireClient(createProcessChannel(desktop), desktopContract);
    const browser = await openChromium(display, '<textarea autofocus style="width:600px;height:300px"></textarea>');
    for (let round = 0; round < rounds; round += 1) await pasteOnce(display, client, round);
    await endProgram(browser);
  });
});
