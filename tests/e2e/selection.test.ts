import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { smallModel, tinyModel } from '../support/beckon-app.ts';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { hotkey } from '../support/overlay-steps.ts';
import { answerLimitMs, sleep, waitFor } from '../support/processes.ts';

const english =
  'The ferry line ends its night service on 3 November. Passenger numbers fell from 41,200 to 28,600 last year, while fuel costs rose by a third. Day crossings continue four times a week.';
const chinese =
  '渡轮公司从十一月三日起停开夜班船。去年乘客从41200人减少到28600人，燃料费上涨了三分之一。白天的班次保持每周四班。';

const options = { display: { accessibility: true }, app: {}, models: [smallModel, tinyModel] };

describeOnDesktop('selected text', options, (desk) => {
  const { display, app, steps, keep, open, openNote, select, selectBy, write } = desk;

  const call = () => steps.call();
  const context = () => steps.context();
  const lastAnswer = () => steps.lastAnswer();
  const body = () => steps.text();
  const answered = () => app.overlay.waitForSelector('.receipt', { timeout: answerLimitMs });

  /** What was used last comes first, so an action is chosen by its name. */
  async function use(typed: string, name: RegExp): Promise<void> {
    display.type(typed);
    await waitFor(`${name} is first`, async () => name.test(await app.overlay.locator('.row.at').innerText()));
    display.press('Return');
  }

  /** Saves until the file says so, as the answer may still be on its way; gives what it says in the end. */
  async function saved(file: string, is: (text: string) => boolean): Promise<string> {
    await waitFor('the application has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
    const isThere = () => {
      display.press('ctrl+s');
      return is(readFileSync(file, 'utf8'));
    };
    await waitFor('it is in the file', isThere).catch(() => {});
    return readFileSync(file, 'utf8');
  }

  async function expectSaved(file: string, text: string): Promise<void> {
    expect(await saved(file, (now) => now === text)).toBe(text);
  }

  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('is summarised, replaced in place, and put back as it was: %s', async (_, text) => {
    const { file } = await openNote(`Before.\n${text}\nAfter.\n`);
    await select(text, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await call();
    await app.overlay.waitForSelector('.chip.on');
    await use('summ', /^Summarise/);
    await answered();
    await app.overlay.waitForSelector('.grounding summary');
    // What was done is told, and no verdict: a model may have turned the text round in words that all stand there.
    expect(await app.overlay.locator('.grounding > p').innerText()).toMatch(/^Words looked up: .* was not checked\.$/);
    expect(await app.overlay.locator('.grounding').innerText()).not.toMatch(/\bfound\b|support/i);
    expect(await app.overlay.locator('.question').innerText()).toMatch(/^Summarise · \d+ words from Mousepad$/);
    const answer = await lastAnswer();
    expect(answer.length).toBeGreaterThan(10);
    expect(await body()).toMatch(/Replace/);
    // Enter on a button of the answer presses that button and writes nothing into the document.
    await app.overlay.locator('.grounding summary').focus();
    display.press('Return');
    await app.overlay.waitForSelector('.grounding details[open]');
    expect(await app.overlay.locator('.foot').innerText()).not.toMatch(/Replace/);
    await app.overlay.locator('.ask-input').focus();
    display.press('Return');
    await waitFor('the overlay is gone', () => !display.visibleTitles().includes('Beckon'));
    await expectSaved(file, `Before.\n${answer}\nAfter.\n`);
    // The application's own undo brings it back.
    display.press('ctrl+z', 'ctrl+z', 'ctrl+z');
    await expectSaved(file, `Before.\n${text}\nAfter.\n`);
  });

  it('is not all that can go along: Tab shows the clipboard, Space takes it, and the question is about it', async () => {
    const text = 'The lighthouse keeper of Norhaven is called Ingrid Solberg.';
    keep(display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', write('copied.txt', text)]));
    await waitFor('it is copied', () => display.selection('clipboard') === text);
    await open('xterm', ['-T', 'from here', '-e', 'cat'], /from here/);
    await call();
    const hasClipboard = async () => (await context()).chips.some(({ kind }) => kind === 'clipboard');
    await waitFor('the clipboard has been looked at', hasClipboard);
    expect(await app.overlay.locator('.chips').count()).toBe(0);
    display.press('Tab');
    await app.overlay.waitForSelector('.chips');
    expect(await app.overlay.locator('.chip').first().innerText()).toMatch(/Clipboard\s+text/);
    display.press('space');
    await app.overlay.waitForSelector('.chip.on');
    expect(await app.overlay.locator('.chip.on').innerText()).toMatch(/Clipboard\s+9 words/);
    display.press('shift+Tab');
    display.type('What is the keeper called?');
    display.press('Return');
    await answered();
    expect(await lastAnswer()).toMatch(/Ingrid|Solberg/);
    expect(await body()).toContain('9 words from the clipboard');
  });

  it('is corrected, with what changed shown, and Ctrl+Z takes it back', async () => {
    const wrong = 'The board meet on tuesday and aproved the budget.';
    const { file } = await openNote(`Before.\n${wrong}\nAfter.\n`);
    await select(wrong, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await call();
    await app.overlay.waitForSelector('.chip.on');
    await use('corr', /^Correct/);
    await answered();
    await app.overlay.waitForSelector('.changed ins');
    display.press('ctrl+d');
    await waitFor('it is plain', async () => (await app.overlay.locator('.changed').count()) === 0);
    display.press('ctrl+d');
    await app.overlay.waitForSelector('.changed ins');
    await steps.putBack();
    const replaced = await saved(file, (now) => now.includes('approved'));
    expect(replaced).toContain('approved');
    expect(replaced).not.toContain('aproved');
    await call();
    display.press('ctrl+n');
    display.press('ctrl+z');
    await waitFor('the overlay is gone', () => !display.visibleTitles().includes('Beckon'));
    await expectSaved(file, `Before.\n${wrong}\nAfter.\n`);
  });

  it('is corrected but for the change that is left out by its key', async () => {
    const corrected = 'The board meet on tuesday and aproved the plan.';
    const { file } = await openNote(`Before.\n${corrected}\nAfter.\n`);
    await select(corrected, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await call();
    await app.overlay.waitForSelector('.chip.on');
    display.press('ctrl+n');
    await use('corr', /^Correct/);
    await answered();
    await app.overlay.waitForSelector('.change');
    const wrong = await app.overlay.locator('.change').first().locator('del').innerText();
    const right = await app.overlay.locator('.change').first().locator('ins').innerText();
    expect(await app.overlay.locator('.change').count()).toBeGreaterThan(1);
    display.press('Right');
    await app.overlay.waitForSelector('.change.at');
    display.press('ctrl+BackSpace');
    await app.overlay.waitForSelector('.change.out');
    expect(await body()).toMatch(/\d changes · 1 left out/);
    expect(await app.overlay.locator('.foot').innerText()).toMatch(/Accept/);
    display.press('ctrl+d');
    await waitFor('it is plain', async () => (await app.overlay.locator('.changed').count()) === 0);
    expect(await app.overlay.locator('.read .markdown').last().innerText()).toContain(wrong);
    display.press('ctrl+d');
    await app.overlay.waitForSelector('.change.out');
    display.press('Return');
    await waitFor('the overlay is gone', () => !display.visibleTitles().includes('Beckon'));
    const replaced = await saved(file, (now) => !now.includes('aproved'));
    expect(replaced).toContain(wrong);
    expect(replaced).not.toContain(right);
    expect(replaced).not.toContain('aproved');
  });

  it('that was changed meanwhile is left alone, and the answer is in the clipboard', async () => {
    const { file } = await openNote(`Before.\n${english}\nAfter.\n`);
    await select(english, 'ctrl+Home', 'Down', 'Home', 'shift+End');
    await call();
    await app.overlay.waitForSelector('.chip.on');
    await use('summ', /^Summarise/);
    await answered();
    const answer = await lastAnswer();
    // The person goes back and types over the beginning of the text.
    display.xdotool('search', '--name', 'note.txt', 'windowactivate');
    await waitFor('the note has the keyboard', () => /note\.txt/.test(display.focusedTitle()));
    display.press('ctrl+Home');
    display.type('New words. ');
    // It marks its title once it has taken what was typed.
    await waitFor('the note is changed', () => display.focusedTitle().startsWith('*'));
    await waitFor('the overlay has gone', () => !display.visibleTitles().includes('Beckon'));
    // For 150 ms after that the key counts as the one that took the keyboard from it.
    await sleep(200);
    display.press(hotkey);
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    display.press('Return');
    await waitFor('it says why', async () => /changed meanwhile/.test(await body()));
    expect(display.selection('clipboard').trim()).toBe(answer);
    expect(await app.overlay.locator('.notice-strip .button').count()).toBe(0);
    display.press('ctrl+n');
    await waitFor('it is said of that answer alone', async () => !/changed meanwhile/.test(await body()));
    display.press('Escape');
    await expectSaved(file, `New words. Before.\n${english}\nAfter.\n`);
  });

  it('comes from a terminal too, where Enter copies', async () => {
    await open(
      'xterm',
      ['-T', 'lines', '-fs', '10', '-e', 'sh', '-c', 'echo "The tide turns at noon."; sleep 1000'],
      /lines/,
    );
    const [x, y] = placeOf('lines');
    await selectBy('The tide turns at noon.\n', () =>
      display.xdotool('mousemove', String(x + 60), String(y - 17), 'click', '--repeat', '3', '1'),
    );
    await call();
    await app.overlay.waitForSelector('.chip.on');
    expect((await context()).chips[0]).toMatchObject({ preview: 'The tide turns at noon.\n', fresh: true });
    await use('expl', /^Explain/);
    await answered();
    expect(await body()).not.toMatch(/Replace/);
    display.press('Return');
    await waitFor('it is in the clipboard', () => display.selection('clipboard').length > 10);
  });

  it('is not read from a password field, and that is said', async () => {
    await open('zenity', ['--password', '--title=secret-door'], /secret-door/);
    display.type('hunter2');
    display.press('ctrl+a');
    await call();
    await waitFor('it says why', async () => /password field/.test(await body()));
    const [chip] = (await context()).chips;
    expect(chip).toMatchObject({ status: 'failed', preview: '', cause: { code: 'capture/password-field' } });
  });

  function placeOf(title: string): readonly [number, number] {
    const shell = display.xdotool('search', '--name', title, 'getwindowgeometry', '--shell');
    return [Number(/X=(\d+)/.exec(shell)?.[1]), Number(/Y=(\d+)/.exec(shell)?.[1])];
  }
});
