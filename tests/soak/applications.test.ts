import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract } from '../../contract/desktop.ts';
import { WireClient } from '../../wire/client.ts';
import { createProcessChannel } from '../../wire/process-channel.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';

const text = 'The tide turns at noon. 潮水正午转向。';

interface Application {
  readonly name: string;
  readonly command: string;
  readonly args: (file: string) => readonly string[];
  readonly title: RegExp;
  readonly selectAll: readonly string[];
  /** Milliseconds until it takes keys. */
  readonly settleMs: number;
  readonly reads: 'accessibility' | 'primary';
  readonly writes: 'accessibility' | 'paste' | 'no';
}

const file = (name: string) => [name];
const usual = { args: file, title: /note\.txt/, selectAll: ['ctrl+a'], settleMs: 1500 };

/** What docs/applications.md says of each. */
const applications: readonly Application[] = [
  { ...usual, name: 'Geany (GTK 3, Scintilla)', command: 'geany', reads: 'accessibility', writes: 'accessibility' },
  { ...usual, name: 'FeatherPad (Qt 5)', command: 'featherpad', reads: 'accessibility', writes: 'accessibility' },
  {
    ...usual,
    name: 'LibreOffice Writer',
    command: 'soffice',
    args: (name) => ['--writer', '--norestore', '--nologo', name],
    settleMs: 6000,
    reads: 'accessibility',
    writes: 'accessibility',
  },
  {
    ...usual,
    name: 'GNOME Text Editor (GTK 4)',
    command: 'gnome-text-editor',
    args: (name) => ['--standalone', name],
    reads: 'primary',
    writes: 'paste',
  },
  {
    ...usual,
    name: 'Emacs',
    command: 'emacs',
    args: (name) => ['-Q', '--no-splash', name],
    title: /note\.txt|emacs/i,
    selectAll: ['ctrl+x', 'h'],
    reads: 'primary',
    writes: 'no',
  },
];

describe('applications of other toolkits', () => {
  let display: TestDisplay;
  let desktop: ChildProcess;
  let client: WireClient<typeof desktopContract>;
  const opened: ChildProcess[] = [];

  beforeAll(async () => {
    display = await TestDisplay.start({ accessibility: true });
    Object.assign(display.env, { QT_ACCESSIBILITY: '1', QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1' });
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

  it.each(applications)('$name', async ({ command, args, title, selectAll, settleMs, reads, writes }) => {
    expect(spawnSync('which', [command]).status, `${command} is not installed`).toBe(0);
    const note = join(display.folder, 'note.txt');
    writeFileSync(note, `${text}\n`);
    opened.push(display.start(command, args(note)));
    await waitFor(`${command} has the keyboard`, () => title.test(display.focusedTitle()), 60_000);
    await sleep(settleMs);
    for (const key of selectAll) display.press(key);
    await sleep(400);
    const captured = await client.call('selection.capture', {});
    if (captured.status !== 'captured') throw new Error(JSON.stringify(captured));
    const { selection } = captured;
    expect(selection.text.trim()).toBe(text);
    expect(selection.route).toBe(reads);
    const input = { targetId: selection.targetId, text: 'Ebbe um zwölf. 换好了。', mode: 'replace' as const };
    const answer = await client.call('selection.putBack', input);
    if (writes === 'no') {
      expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/not-editable' } });
      return;
    }
    expect(answer).toMatchObject({ status: 'done', route: writes });
    for (const key of selectAll) display.press(key);
    await sleep(400);
    const again = await client.call('selection.capture', {});
    expect(again.status === 'captured' ? again.selection.text.trim() : again).toBe(input.text);
  });
});
