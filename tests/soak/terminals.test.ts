import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { endTree, processTree, run, sleep, waitFor } from '../support/processes.ts';

const options: DesktopOptions = { display: { accessibility: 'as-installed' }, desktop: true };
const text = 'The tide turn at noon today.';

/** How each is told what to run. */
const terminals: readonly (readonly [command: string, ...before: readonly string[]])[] = [
  ['xterm', '-e'],
  ['stterm', '-e'],
  ['urxvt', '-e'],
  ['mlterm', '-e'],
  ['lxterminal', '--no-remote', '-e'],
  ['sakura', '-x'],
  ['mate-terminal', '--disable-factory', '-x'],
  ['kitty'],
  ['konsole', '-e'],
  ['xfce4-terminal', '--disable-server', '-x'],
  ['qterminal', '-e'],
];

/** Some take one line for a shell, others the words of a command. */
const takesOneLine = ['lxterminal', 'sakura', 'qterminal'];

describeOnDesktop('a terminal', options, ({ display, client, after }) => {
  let tries = 0;

  afterAll(() => void process.stdout.write(`${tries} answers kept out of terminals\n`));

  // An answer that reached a shell would be run by it.
  it.each(terminals)('gets no key and no byte, whatever was agreed to: %s', async (command, ...before) => {
    const folder = join(display.folder, 'home', command);
    mkdirSync(folder);
    const typed = join(folder, 'typed.txt');
    const script = join(folder, 'show');
    writeFileSync(typed, '');
    const lines = Array.from({ length: 30 }, () => text).join('\n');
    writeFileSync(script, `#!/bin/sh\nstty -echo -icanon\nprintf '%s\\n' '${lines}'\nexec cat > '${typed}'\n`, {
      mode: 0o755,
    });
    const child = display.start(command, [...before, ...(takesOneLine.includes(command) ? [script] : ['sh', script])]);
    after(() => endTree(child));
    const isReading = () => processTree(child.pid ?? 0).some((one) => one.command.startsWith('cat'));
    await waitFor('it takes what is typed', isReading, 60_000);
    await waitFor('it has the keyboard', () => display.focusedTitle() !== '');
    await sleep(2500);
    const window = display.xdotool('getwindowfocus');
    display.xdotool('mousemove', '--window', window, '90', '120');
    display.xdotool('click', '--repeat', '3', '--delay', '60', '1');
    await sleep(600);
    // Also where the person agreed to all that can be agreed to.
    const names = run('xprop', ['-id', window, 'WM_CLASS'], display.env).match(/(?<=")[^",]+(?=")/g) ?? [];
    const agreed = [command, ...names];
    const captured = await client.call('selection.capture', { agreed });
    if (captured.status === 'captured') {
      const { targetId, editable } = captured.selection;
      expect(editable).toBe('no');
      const put = await client.call('selection.putBack', {
        targetId,
        text: 'rm -rf nothing\n',
        mode: 'replace',
        agreed: true,
      });
      expect(put).toMatchObject({ status: 'failed' });
      expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'failed' });
    }
    tries += 1;
    await sleep(300);
    expect(readFileSync(typed, 'utf8')).toBe('');
    expect(captured.status === 'captured' ? captured.selection.text.trim().slice(0, 10) : captured.cause.code).toMatch(
      /^The tide t|terminal-protected/,
    );
    display.press('x');
    await waitFor('a key of the person reaches it', () => readFileSync(typed, 'utf8') === 'x');
  });
});
