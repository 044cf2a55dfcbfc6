import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CaptureAnswer, selectionLimitBytes } from '../../contract/desktop.ts';
import { errorCodes } from '../../contract/errors.ts';
import type { DesktopPort } from '../../desktop/ports.ts';

/** What core uses of a desktop: a port itself, or the process around one. */
export type AskedDesktop = Omit<DesktopPort, 'describe' | 'selfTest' | 'leave'>;

export interface DesktopStage {
  readonly desktop: AskedDesktop;
  /** Selects text in an application of that desktop, or takes every selection away. */
  readonly select: (text: string | null) => Promise<void>;
  /** How every capture ends where nothing can be read at all; null where it can. */
  readonly alwaysCause: string | null;
  readonly close: () => Promise<void>;
}

/** Longest that core waits for an answer before it takes the process for hanging. */
const longestMs = 4000;
/** Directions, widths, controls and a broken half of a pair: an application's text is not made prettier than it is. */
const odd = 'a\u202Eb\u2066c\u2069\u200B\u200Dd\te\u001B[0m\r\n\u0007 👩‍👩‍👧 \u{10FFFD}';

/** What every way to other applications has to do, whatever system stands behind it. */
export function describeDesktopPort(open: () => Promise<DesktopStage>): void {
  let stage: DesktopStage;

  beforeEach(async () => {
    stage = await open();
  });

  afterEach(() => stage.close());

  /** What a capture of a text ends in: the text where it can be read, else the one cause of that desktop. */
  async function expectCaptured(text: string): Promise<void> {
    const ended = endOf(await captureInTime(stage.desktop));
    expect(ended).toBe(stage.alwaysCause ?? text);
  }

  async function expectCause(code: string): Promise<void> {
    expect(endOf(await captureInTime(stage.desktop))).toBe(stage.alwaysCause ?? code);
  }

  it.each([
    ['English', 'The tide turns at noon.'],
    ['Chinese and several lines', '潮水正午转向。\n\n第二段。\n'],
    ['direction marks, controls and joined emoji', odd],
    ['a single character', '好'],
  ])('gives %s as it is', async (_, text) => {
    await stage.select(text);
    await expectCaptured(text);
  });

  it('gives a long text whole', async () => {
    const text = '潮水 tide '.repeat(60_000);
    await stage.select(text);
    await expectCaptured(text);
  });

  it.each([
    ['nothing', null, 'capture/nothing-selected'],
    ['only white space', ' \n\t\u3000 ', 'capture/nothing-selected'],
    ['bytes of a program', `\u007fELF${'\u0001\u0002\u0003'.repeat(40)}`, 'capture/not-text'],
    ['more than the limit', 'word '.repeat(selectionLimitBytes / 5 + 1), 'capture/too-large'],
  ])('ends in the cause for %s', async (_, text, code) => {
    await stage.select(text);
    await expectCause(code);
  });

  it('answers two captures at once, each to its own end', async () => {
    await stage.select('Twice.');
    const answers = await Promise.all([captureInTime(stage.desktop), captureInTime(stage.desktop)]);
    expect(answers.map(endOf)).toEqual(Array(2).fill(stage.alwaysCause ?? 'Twice.'));
  });

  it('changes nothing for a target that it never gave', async () => {
    const written = await stage.desktop.putBack('t-unknown', 'lost', 'replace');
    const undone = await stage.desktop.undoPutBack('t-unknown');
    for (const answer of [written, undone])
      expect(answer).toMatchObject({ status: 'failed', cause: { code: expect.stringMatching(/^put-back\//) } });
  });

  it('writes into what it captured, or says why not', async () => {
    await stage.select('One two three.');
    const answer = await captureInTime(stage.desktop);
    const targetId = answer.status === 'captured' ? answer.selection.targetId : 't-none';
    const canWrite = answer.status === 'captured' && answer.selection.editable !== 'no';
    const written = await stage.desktop.putBack(targetId, 'four', 'replace');
    expect(written.status).toBe(canWrite ? 'done' : 'failed');
    expect(written.status === 'failed' ? written.cause.code : 'put-back/').toMatch(/^put-back\//);
  });

  it('says with a cause what it cannot tell', async () => {
    const { desktop } = stage;
    const answers = [
      await desktop.activeWindow(),
      await desktop.describeClipboard(),
      await desktop.readClipboardText(),
    ];
    for (const answer of answers) {
      const code = answer.status === 'available' ? 'available' : (answer.cause?.code ?? answer.status);
      expect([...errorCodes, 'available', 'nothing']).toContain(code);
    }
    expect([true, false, null]).toContain(await desktop.pointerPressed());
  });

  it('can be disposed of twice', () => {
    stage.desktop.dispose();
    stage.desktop.dispose();
  });
}

/** The text, or the code of the cause, which is one of the closed list. */
function endOf(answer: CaptureAnswer): string {
  if (answer.status === 'captured') return answer.selection.text;
  expect(errorCodes).toContain(answer.cause.code);
  expect(answer.cause.code).toMatch(/^capture\//);
  return answer.cause.code;
}

async function captureInTime(desktop: AskedDesktop): Promise<CaptureAnswer> {
  const begun = Date.now();
  const answer = await desktop.captureSelection();
  expect(Date.now() - begun).toBeLessThan(longestMs);
  return answer;
}
