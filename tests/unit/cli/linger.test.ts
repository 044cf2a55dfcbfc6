import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Linger } from '../../../cli/linger/linger.ts';
import { type Machine, whyNotLinger } from '../../../cli/linger/may-linger.ts';
import { type Power, readPower } from '../../../cli/linger/power.ts';
import type { EngineState } from '../../../contract/model.ts';
import { environmentProof } from '../../../core/socket/environment.ts';
import { StateSource } from '../../../wire/state-source.ts';

const plenty: Machine = { power: () => null, availableBytes: () => 8e9, totalBytes: 16e9 };
const on = (power: Power | null, availableBytes = 8e9): Machine => ({
  ...plenty,
  power: () => power,
  availableBytes: () => availableBytes,
});

describe('whether a model stays after a command', () => {
  it('depends on the battery only while it is used up, and one that tells no charge may be empty', () => {
    expect(whyNotLinger(60, on({ onBattery: true, percent: 39 }))).toBe('battery');
    expect(whyNotLinger(60, on({ onBattery: true, percent: null }))).toBe('battery');
    expect(whyNotLinger(60, on({ onBattery: true, percent: 80 }))).toBeNull();
    expect(whyNotLinger(60, on({ onBattery: false, percent: 3 }))).toBeNull();
    expect(whyNotLinger(60, on(null))).toBeNull();
  });

  it('depends on what memory is left, and on the setting', () => {
    expect(whyNotLinger(60, on(null, 400e6))).toBe('memory');
    expect(whyNotLinger(60, on(null, 1.2e9))).toBe('memory');
    expect(whyNotLinger(60, on(null, 1.4e9))).toBeNull();
    expect(whyNotLinger(0, plenty)).toBe('off');
  });
});

describe('the power of a machine', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-power-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function supply(name: string, facts: Readonly<Record<string, string>>): void {
    mkdirSync(join(folder, name));
    for (const [fact, value] of Object.entries(facts)) writeFileSync(join(folder, name, fact), `${value}\n`);
  }

  it('is read of all batteries together, and of none of a mouse', () => {
    supply('AC', { type: 'Mains', online: '0' });
    supply('BAT0', { type: 'Battery', status: 'Discharging', capacity: '20' });
    supply('BAT1', { type: 'Battery', status: 'Not charging', capacity: '90' });
    supply('hid-mouse', { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '1' });
    expect(readPower(folder)).toEqual({ onBattery: true, percent: 55 });
  });

  it('is told as far as it is known: words for a charge, garbage, a folder that is not there', () => {
    supply('BAT0', { type: 'Battery', status: 'Discharging', capacity_level: 'Critical' });
    expect(readPower(folder)).toEqual({ onBattery: true, percent: 0 });
    writeFileSync(join(folder, 'BAT0', 'capacity'), 'unknown');
    writeFileSync(join(folder, 'BAT0', 'capacity_level'), 'Normal');
    expect(readPower(folder)).toEqual({ onBattery: true, percent: null });
    expect(readPower(join(folder, 'none'))).toBeNull();
  });

  it('of a desktop machine is mains', () => {
    supply('AC', { type: 'Mains', online: '1' });
    expect(readPower(folder)).toEqual({ onBattery: false, percent: null });
  });
});

describe('a model that stays for the next command', () => {
  const asleep: EngineState = {
    ...{ status: 'asleep', modelId: null, modelName: null, progress: 0 },
    ...{ contextTokens: null, error: null, networkOff: null },
  };
  let engine: StateSource<EngineState>;
  let machine: Machine;
  let seconds: number;
  let isWanted: boolean;
  let over: string[];
  let linger: Linger;

  beforeEach(() => {
    vi.useFakeTimers();
    [engine, machine, seconds, isWanted, over] = [new StateSource(asleep), plenty, 60, true, []];
    linger = new Linger({
      engine,
      seconds: () => seconds,
      machine: {
        power: () => machine.power(),
        availableBytes: () => machine.availableBytes(),
        totalBytes: machine.totalBytes,
      },
      isWanted: () => isWanted,
      onOver: (why) => over.push(why),
    });
  });
  afterEach(() => {
    linger.dispose();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  function answer(): void {
    engine.update({ status: 'generating', modelId: 'm', modelName: 'M' });
    engine.update({ status: 'ready' });
  }

  it('goes after its minute, and not before', () => {
    answer();
    expect(linger.begin()).toBe(true);
    vi.advanceTimersByTime(59_000);
    expect(over).toEqual([]);
    vi.advanceTimersByTime(1500);
    expect(over).toEqual(['time']);
  });

  it('stays a minute more after each command that used it, and no longer for one that only looked', () => {
    answer();
    linger.begin();
    vi.advanceTimersByTime(40_000);
    linger.pause();
    linger.begin();
    vi.advanceTimersByTime(10_000);
    linger.pause();
    answer();
    linger.begin();
    vi.advanceTimersByTime(59_000);
    expect(over).toEqual([]);
    linger.pause();
    linger.begin();
    vi.advanceTimersByTime(1500);
    expect(over).toEqual(['time']);
  });

  it('does not stay at all where no model is in memory, or where there is a reason not to', () => {
    expect(linger.begin()).toBe(false);
    answer();
    seconds = 0;
    expect(linger.begin()).toBe(false);
    seconds = 60;
    machine = on({ onBattery: true, percent: 10 });
    expect(linger.begin()).toBe(false);
    expect(over).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['memory', () => (machine = on(null, 1e8))],
    ['battery', () => (machine = on({ onBattery: true, percent: 12 }))],
    ['gone', () => (isWanted = false)],
    ['unloaded', () => engine.update({ status: 'asleep', modelId: null, modelName: null })],
    ['off', () => (seconds = 0)],
  ])('goes within seconds when that changes while nobody asks: %s', (why, change) => {
    answer();
    linger.begin();
    vi.advanceTimersByTime(5000);
    change();
    vi.advanceTimersByTime(2500);
    expect(over).toEqual([why]);
  });
});

describe('the environment of a core', () => {
  const nonce = 'a'.repeat(64);
  const proof = (env: Record<string, string | undefined>) => environmentProof(env, nonce);

  it('is another one where a key, a way out or the display is: a new key would have been left unused for a minute', () => {
    const env = { BECKON_KEY_A: 'x', HTTPS_PROXY: 'http://p', DISPLAY: ':0', PWD: '/a', BECKON_PROFILE: '/one' };
    for (const change of [
      { BECKON_KEY_A: 'y' },
      { BECKON_KEY_B: 'z' },
      { HTTPS_PROXY: undefined },
      { DISPLAY: ':1' },
      { no_proxy: 'host' },
    ])
      expect(proof({ ...env, ...change })).not.toBe(proof(env));
    for (const same of [{ PWD: '/b' }, { SHLVL: '3' }, { BECKON_PROFILE: '/two' }, { LANG: 'C' }])
      expect(proof({ ...env, ...same })).toBe(proof(env));
  });

  it('tells no key: each question has a proof of its own', () => {
    expect(environmentProof({ BECKON_KEY_A: 'x' }, 'b'.repeat(64))).not.toBe(proof({ BECKON_KEY_A: 'x' }));
  });
});
