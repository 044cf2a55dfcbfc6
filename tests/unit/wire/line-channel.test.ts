import { describe, expect, it } from 'vitest';
import { createLineChannel, type SocketLike } from '../../../wire/line-channel.ts';
import { expectLinear } from '../../support/growth.ts';

/** A socket of which only what arrives is of interest. */
class Wire implements SocketLike {
  destroyed = false;
  written = 0;
  writableLength = 0;
  #onData: (text: string) => void = () => {};

  write(text: string): boolean {
    this.written += 1;
    this.writableLength += text.length;
    return false;
  }
  end(): void {}
  destroy(): void {
    this.destroyed = true;
  }
  on(event: 'data' | 'close' | 'error', listener: (text: string) => void): void {
    if (event === 'data') this.#onData = listener;
  }
  arrive(text: string): void {
    this.#onData(text);
  }
}

const limits = { firstLine: 100, line: 8_000_000 };

function open(some = limits) {
  const wire = new Wire();
  const seen: unknown[] = [];
  const channel = createLineChannel(wire, some);
  channel.onMessage((message) => seen.push(message));
  return { wire, channel, seen };
}

describe('a channel of lines', () => {
  it('reads the same however the text was cut on its way', () => {
    const text = '{"a":1}\n\n"zwei 二"\n[3]\nnull\n';
    for (let size = 1; size <= text.length; size += 1) {
      const { wire, seen } = open();
      for (let at = 0; at < text.length; at += size) wire.arrive(text.slice(at, at + size));
      expect(seen).toEqual([{ a: 1 }, 'zwei 二', [3], null]);
    }
  });

  it('takes a long line in small pieces in a time that grows with its length, not with its square', () => {
    expectLinear((pieces) => {
      const { wire, seen } = open();
      wire.arrive('1\n"');
      for (let piece = 0; piece < pieces; piece += 1) wire.arrive('0123456789');
      wire.arrive('"\n');
      expect(seen.at(-1)).toHaveLength(pieces * 10);
    }, 400_000);
  });

  it('holds little for a peer that has not said who it is, and drops it', () => {
    const { wire, seen } = open();
    wire.arrive('"'.padEnd(90, 'x'));
    expect(wire.destroyed).toBe(false);
    wire.arrive('x'.repeat(20));
    expect(wire.destroyed).toBe(true);
    wire.arrive('"\n1\n');
    expect(seen).toEqual([]);
  });

  it('drops a peer whose first line is long in one piece, also with its end', () => {
    const { wire, seen } = open();
    wire.arrive(`"${'x'.repeat(200)}"\n`);
    expect(wire.destroyed).toBe(true);
    expect(seen).toEqual([]);
  });

  it('drops a peer that was known and never ends its line', () => {
    const { wire } = open();
    wire.arrive('1\n');
    for (let piece = 0; piece < 90 && !wire.destroyed; piece += 1) wire.arrive('x'.repeat(100_000));
    expect(wire.destroyed).toBe(true);
  });

  it('takes nothing that came behind what closed it', () => {
    const { wire, channel, seen } = open();
    channel.onMessage((message) => message === 2 && channel.close());
    wire.arrive('1\n2\n3\nnot json\n');
    expect(seen).toEqual([1, 2]);
    expect(wire.destroyed).toBe(false);
  });

  it('drops a peer that asks and never reads', () => {
    const { wire, channel } = open({ firstLine: 100, line: 1000 });
    for (let message = 0; message < 100; message += 1) channel.send('x'.repeat(100));
    expect(wire.destroyed).toBe(true);
    expect(wire.written).toBeLessThan(15);
  });
});
