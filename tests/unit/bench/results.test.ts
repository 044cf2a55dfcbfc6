import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goals } from '../../../bench/goals.ts';
import { formatTable, judge, writeResults } from '../../../bench/results.ts';
import { tokensPerSecond } from '../../../bench/tools/direct-engine.ts';
import { median, percentile95 } from '../../../bench/tools/statistics.ts';

const subject = 'Electron 25.1.1';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beckon-results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('judging a figure', () => {
  it('takes medians, so that one slow run decides nothing', () => {
    const { figure } = judge(goals.hotkeyToContent, { values: [9, 9, 9, 900], floors: [6, 6, 6], subject });
    expect(figure).toMatchObject({ id: 'P1', value: 9, floor: 6, ratio: 1.5, goal: 1.8, holds: true, runs: 4 });
  });

  it('calls a miss a miss in both directions', () => {
    expect(judge(goals.hotkeyToContent, { values: [18.1], floors: [10], subject }).figure.holds).toBe(false);
    expect(judge(goals.speedAtRenderer, { values: [96], floors: [100], subject }).figure.holds).toBe(false);
    expect(judge(goals.speedAtRenderer, { values: [98], floors: [100], subject }).figure.holds).toBe(true);
  });

  it('has no ratio to a floor of zero and judges the value then', () => {
    const idle = judge(goals.idleProcessor, { values: [0, 0], floors: [0, 0], subject });
    expect(idle.figure).toMatchObject({ ratio: null, holds: true });
    expect(judge(goals.idleProcessor, { values: [0.3], floors: [0], subject }).figure.holds).toBe(false);
  });

  it('does not hold when its floor is zero but a ratio is asked for, and throws without samples', () => {
    expect(judge(goals.coldStart, { values: [400], floors: [0], subject }).figure.holds).toBe(false);
    expect(() => judge(goals.coldStart, { values: [], floors: [1], subject })).toThrow(/nothing was measured/);
  });

  it('reads the middle and the 95th of a hundred', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(median(hundred)).toBe(50.5);
    expect(percentile95(hundred)).toBe(95);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });

  it('counts tokens between the first and the last piece of text only', () => {
    const arrivals = [0, 100, 200].map((at) => ({ at: at + 5000, characters: 10 }));
    expect(tokensPerSecond({ arrivals, outputTokens: 30 })).toBeCloseTo(100);
    expect(tokensPerSecond({ arrivals: [], outputTokens: 30 })).toBeNaN();
  });
});

describe('writing results', () => {
  it('keeps exactly the agreed fields in the file and adds a line of history for every run', () => {
    const measured = [judge(goals.hotkeyToFocus, { values: [5], floors: [5], subject })];
    const description = { at: '2026-01-01T00:00:00.000Z', commit: 'abc', machine: 'a machine' };
    writeResults(folder, 'overlay', measured, description);
    writeResults(folder, 'overlay', measured, description);
    const [line] = JSON.parse(readFileSync(join(folder, 'overlay.json'), 'utf8')) as Record<string, unknown>[];
    expect(Object.keys(line ?? {})).toEqual(['id', 'figure', 'value', 'floor', 'ratio', 'goal', 'holds', 'runs']);
    const history = readFileSync(join(folder, 'history.jsonl'), 'utf8').trim().split('\n');
    expect(history).toHaveLength(2);
    expect(JSON.parse(history[0] ?? '')).toMatchObject({ area: 'overlay', commit: 'abc' });
  });

  it('shows a miss and busy runs in the table', () => {
    const table = formatTable([judge(goals.hotkeyToFocus, { values: [9], floors: [5], subject, noisyRuns: 1 })]);
    expect(table).toMatch(/P2 .*1\.80 .*<= 1\.2 .*NO .*1\/1 \(1 busy\)/);
  });
});
