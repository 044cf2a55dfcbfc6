import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import { isHere, type ModelRow } from '../../contract/model.ts';
import { BeckonApp, requireModel, smallModel } from '../support/beckon-app.ts';
import { TestDisplay } from '../support/display.ts';
import { endProgram, proportionalBytes, sleep, waitFor } from '../support/processes.ts';

const places = ['the harbour', 'the mill', 'the upper lock', 'the ferry pier', 'the lighthouse'];
const deeds = ['repaired the pump', 'counted the herons', 'painted a boat', 'measured the tide', 'closed the gate'];

/** A keeper's diary of our own: each day another, about 20 words a day. */
function diary(words: number): string {
  const days: string[] = [];
  for (let day = 1; days.length * 20 < words; day += 1) {
    const place = places[day % places.length];
    const deed = deeds[(day * 3) % deeds.length];
    days.push(`On day ${day} the keeper went to ${place}, ${deed} and wrote down ${day * 7} litres of oil and wind.`);
  }
  return days.join('\n');
}

describe('a text of 60,000 words', () => {
  let display: TestDisplay;
  let app: BeckonApp;
  let editor: ChildProcess;

  beforeAll(async () => {
    requireModel(smallModel);
    display = await TestDisplay.start({ accessibility: true });
    app = await BeckonApp.launch({ display });
    await app.waitForCore();
    const note = join(display.folder, 'diary.txt');
    writeFileSync(note, diary(60_000));
    editor = display.start('mousepad', ['--disable-server', note]);
    await waitFor('mousepad has the keyboard', () => /diary\.txt/.test(display.focusedTitle()), 30_000);
    await sleep(2000);
  });

  afterAll(async () => {
    if (editor) await endProgram(editor);
    await app?.close();
    await display?.stop();
  });

  /** `select`: a text that was asked about just now is not taken along again by itself, so each call takes another one. */
  async function summarise(...select: readonly string[]): Promise<void> {
    display.xdotool('search', '--name', 'diary.txt', 'windowactivate');
    await waitFor('mousepad has the keyboard', () => /diary\.txt/.test(display.focusedTitle()));
    display.press(...select);
    display.press('ctrl+shift+space');
    await waitFor('the overlay has the keyboard', () => display.focusedTitle() === 'Beckon');
    await app.overlay.waitForSelector('.chip.on', { timeout: 10_000 });
    display.press('ctrl+n');
    display.type('summ');
    await waitFor('Summarise is first', async () =>
      /^Summarise/.test(await app.overlay.locator('.row.at').innerText()),
    );
    display.press('Return');
  }

  it('is let go within 200 ms when it is stopped', async () => {
    await summarise('ctrl+a');
    const reading = app.overlay.locator('.dim.numbers', { hasText: '%' });
    await reading.waitFor({ timeout: 60_000 });
    await sleep(8000);
    await app.overlay.evaluate(watchForEnding);
    display.press('ctrl+period');
    const milliseconds = await app.overlay.evaluate(() => (globalThis as unknown as Watching).untilEnding);
    process.stdout.write(`stopped after ${Math.round(milliseconds)} ms\n`);
    expect(milliseconds).toBeLessThan(200);
    display.press('Escape');
  });

  it('is summarised with all of it read, within the memory that the model list states', async () => {
    const rows = (await app.ask('model.list', {})).value as readonly ModelRow[];
    const needBytes = rows.filter(isHere).find(({ id }) => id === smallModel)?.needBytes ?? 0;
    await summarise('ctrl+Home', 'ctrl+shift+End', 'shift+Left');
    let peakBytes = 0;
    const watching = setInterval(() => {
      peakBytes = Math.max(peakBytes, proportionalBytes(app.enginePid() ?? 0));
    }, 1000);
    const startedAt = performance.now();
    await app.overlay.waitForSelector('.receipt', { timeout: 3_300_000 });
    clearInterval(watching);
    const line = await app.overlay.locator('.receipt').innerText();
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const mib = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;
    process.stdout.write(`${seconds} s; ${line}; peak ${mib(peakBytes)} of ${mib(needBytes)} stated\n`);
    const [, read, total] = /(\d+) of (\d+) parts/.exec(line) ?? [];
    expect(Number(total)).toBeGreaterThan(20);
    expect(read).toBe(total);
    const [chat] = (await app.ask('conversation.list', { query: '', limit: 1 })).value as { id: string }[];
    const { messages } = (await app.ask('conversation.get', { conversationId: chat?.id })).value as Conversation;
    process.stdout.write(`${messages.at(-1)?.text}\n`);
    expect(messages.at(-1)?.text.trim().length).toBeGreaterThan(40);
    expect(peakBytes).toBeLessThanOrEqual(needBytes);
  });
});

interface Watching {
  untilEnding: Promise<number>;
}

/** Runs inside the page: keeps the milliseconds from the key that stops to the line that says so. */
function watchForEnding(): void {
  (globalThis as unknown as Watching).untilEnding = new Promise((resolve) => {
    let pressedAt = Number.NaN;
    const onKey = () => {
      pressedAt = performance.now();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    new MutationObserver((_, observer) => {
      if (document.querySelector('.ending') === null) return;
      observer.disconnect();
      document.removeEventListener('keydown', onKey, { capture: true });
      resolve(performance.now() - pressedAt);
    }).observe(document.body, { childList: true, subtree: true });
  });
}
