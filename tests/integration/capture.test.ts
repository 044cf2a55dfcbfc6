import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureAnswer, desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';

const english = 'The ferry line ends its night service in November.';
const chinese = '渡轮公司十一月停开夜班船。';

describe('selected text in real applications', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: WireClient<typeof desktopContract>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    desktop = spawn(nodeExecutable, [join(checkout, 'desktop', 'entry.ts')], {
      env: display.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    client = new WireClient(createProcessChannel(desktop), desktopContract);
    await client.call('desktop.describe', {});
  });

  afterEach(async () => {
    for (const child of opened.splice(0)) await endProgram(child);
  });

  afterAll(async () => {
    if (desktop) await endProgram(desktop);
    await display?.stop();
  });

  async function open(command: string, args: readonly string[], title: string | RegExp): Promise<void> {
    opened.push(display.start(command, args));
    const matches = () => new RegExp(title).test(display.focusedTitle());
    await waitFor(`${command} has the keyboard`, matches, 30_000);
    await sleep(600);
  }

  async function openMousepad(text: string): Promise<void> {
    const file = join(display.folder, 'note.txt');
    writeFileSync(file, text);
    await open('mousepad', [file], /note\.txt/);
  }

  async function capture() {
    const answer: CaptureAnswer = await client.call('selection.capture', {});
    return answer.status === 'captured' ? answer.selection : answer.cause.code;
  }

  it('is found in mousepad, and put back in its very place, and taken back', async () => {
    await openMousepad(`First line.\n${english} ${chinese}\nLast line.`);
    display.press('ctrl+Home', 'Down', 'Home', 'shift+End');
    await sleep(100);
    const selection = await capture();
    expect(selection).toMatchObject({
      text: `${english} ${chinese}`,
      route: 'accessibility',
      editable: 'in-place',
      fresh: true,
      window: { application: expect.stringMatching(/mousepad/i) },
    });
    if (typeof selection === 'string') return;
    const { targetId } = selection;
    const text = '夜班船停开 (night service ends).';
    expect(await client.call('selection.putBack', { targetId, text, mode: 'replace' })).toMatchObject({
      status: 'done',
    });
    expect(await wholeText()).toBe(`First line.\n${text}\nLast line.`);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    expect(await wholeText()).toBe(`First line.\n${english} ${chinese}\nLast line.`);
  });

  async function wholeText(): Promise<string> {
    display.press('ctrl+a');
    await sleep(100);
    const all = await capture();
    if (typeof all === 'string') throw new Error(all);
    return all.text;
  }
});
