import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CardFolders, findGraphicsCard } from '../../../core/doctor/graphics-card.ts';
import { graphicsCardLine } from '../../../core/doctor/line.ts';
import { createTranslator } from '../../../locales/translator.ts';

describe('the graphics card of this machine', () => {
  let root: string;
  let folders: CardFolders;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-cards-'));
    folders = { cards: join(root, 'drm'), nvidia: join(root, 'nvidia') };
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function putCard(name: string, vendor: string | null): void {
    const device = join(folders.cards, name, 'device');
    mkdirSync(device, { recursive: true });
    if (vendor !== null) writeFileSync(join(device, 'vendor'), `${vendor}\n`);
  }

  it.each([
    ['0x10de', 'NVIDIA'],
    ['0x1002', 'AMD'],
    ['0x8086', 'Intel'],
  ])('of the vendor %s is found as %s', (number, vendor) => {
    putCard('card0', number);
    expect(findGraphicsCard('linux', folders)).toEqual({ status: 'found', vendor });
  });

  it('is the faster one of two, whichever comes first', () => {
    putCard('card0', '0x8086');
    putCard('card1', '0x10de');
    expect(findGraphicsCard('linux', folders).vendor).toBe('NVIDIA');
  });

  it('is known by its own driver too, where no folder tells it', () => {
    mkdirSync(folders.nvidia);
    writeFileSync(join(folders.nvidia, 'version'), 'NVRM version');
    expect(findGraphicsCard('linux', folders).vendor).toBe('NVIDIA');
  });

  it('is none for a connector, a virtual adapter and a card without a vendor, which hides no other one', () => {
    putCard('card0-HDMI-A-1', '0x10de');
    putCard('card0', '0x1234');
    putCard('card1', null);
    expect(findGraphicsCard('linux', folders)).toEqual({ status: 'none', vendor: null });
    putCard('card2', '0x1002');
    expect(findGraphicsCard('linux', folders).vendor).toBe('AMD');
  });

  it('is none where there are no such folders, and not known on other systems', () => {
    expect(findGraphicsCard('linux', folders).status).toBe('none');
    for (const system of ['win32', 'darwin'] as const) expect(findGraphicsCard(system, folders).status).toBe('unknown');
  });

  it('is told in both languages with one next step when found, and with none otherwise', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const translator = createTranslator(language);
      const say = (line: ReturnType<typeof graphicsCardLine>) =>
        translator.t(`${line.check}.${line.status}`, { ns: 'doctor', ...line.values });
      expect(say(graphicsCardLine({ status: 'found', vendor: 'AMD' }))).toMatch(/AMD.*llama-server/);
      for (const status of ['none', 'unknown'] as const)
        expect(say(graphicsCardLine({ status, vendor: null }))).not.toMatch(/llama-server|\{\{|graphics-card/);
    }
  });
});
