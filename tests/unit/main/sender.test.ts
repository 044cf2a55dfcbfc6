import { describe, expect, it } from 'vitest';
import { exceedsLimit, isTrustedSender } from '../../../main/bridge/sender.ts';

const known = (id: number) => id === 7;
const good = { webContentsId: 7, frameOrigin: 'beckon://app', isMainFrame: true };

describe('a bridge message', () => {
  it('counts from the main frame of a known window at our origin', () => {
    expect(isTrustedSender(good, known)).toBe(true);
  });

  it.each([
    ['a sub-frame', { ...good, isMainFrame: false }],
    ['another origin', { ...good, frameOrigin: 'https://app' }],
    ['an origin that only starts like ours', { ...good, frameOrigin: 'beckon://app.evil' }],
    ['about:blank', { ...good, frameOrigin: 'null' }],
    ['a frame that is gone', { ...good, frameOrigin: null }],
    ['a window that is none of ours', { ...good, webContentsId: 8 }],
  ])('from %s is refused', (_name, sender) => expect(isTrustedSender(sender, known)).toBe(false));

  it('is measured over all its strings, however they are nested', () => {
    expect(exceedsLimit({ input: { text: 'x'.repeat(100) } }, 100)).toBe(false);
    expect(exceedsLimit({ input: [{ a: 'x'.repeat(60) }, 'y'.repeat(60)] }, 100)).toBe(true);
    expect(exceedsLimit(new Uint8Array(200), 100)).toBe(true);
    expect(
      exceedsLimit(
        Array.from({ length: 300_000 }, () => 1),
        100,
      ),
    ).toBe(true);
  });

  it('that holds itself does not hang the check', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(exceedsLimit(loop, 100)).toBe(true);
  });
});
