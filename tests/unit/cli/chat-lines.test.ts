import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ChatLines } from '../../../cli/chat-lines.ts';

/** What is read of keys that come in the given pieces, from a terminal or a pipe. */
async function questions(pieces: readonly string[], isTTY = true): Promise<string[]> {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 200, rows: 50 });
  output.resume();
  const lines = new ChatLines({ input, output });
  const read: string[] = [];
  for (const piece of pieces) input.write(piece);
  input.end();
  for (let line = await lines.read(); line !== null; line = await lines.read()) read.push(line);
  lines.dispose();
  return read;
}

describe('what is typed into a chat', () => {
  it('is one question when several lines are pasted: three lines were three questions', async () => {
    expect(await questions(['\u001b[200~one\rtwo\r\nthree\n\u001b[201~ and?\r'])).toEqual(['one\ntwo\nthree\n and?']);
    expect(await questions(['Fix: \u001b[200~a\n\tb\u001b[201~\r', 'next\r'])).toEqual(['Fix: a\n\tb', 'next']);
  });

  it('is the same however a paste is cut into pieces', async () => {
    const keys = 'x\u001b[200~one\ntwo ⏎ 招之\u001b[201~y\r';
    for (let at = 1; at < keys.length; at += 1)
      expect(await questions([keys.slice(0, at), keys.slice(at)])).toEqual(['xone\ntwo ⏎ 招之y']);
  });

  it('takes no order from a pasted text', async () => {
    expect(await questions(['\u001b[200~a\u0003b\u0004c\u001b[2Jd\u007f\u001b[201~\r'])).toEqual(['abc[2Jd']);
  });

  it('goes on in the next line after a backslash, unless that is one of two or the next line is empty', async () => {
    for (const isTTY of [true, false]) {
      expect(await questions(['one\\\ntwo\\\nthree\nfour\n'], isTTY)).toEqual(['one\ntwo\nthree', 'four']);
      expect(await questions(['C:\\\\\n', 'D:\\\n', '\n', 'x\n'], isTTY)).toEqual(['C:\\\\', 'D:\\', 'x']);
    }
  });

  it('is still answered when Ctrl+C or the end follows it at once, and nothing is asked of a closed terminal', async () => {
    for (const after of ['\u0003', '\u0004', '']) {
      const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
      const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
      output.resume();
      const lines = new ChatLines({ input, output });
      input.write(`one\r${after}`);
      if (after === '') input.end();
      expect(await lines.read()).toBe('one');
      lines.pause();
      lines.resume();
      expect(await lines.read()).toBeNull();
      lines.dispose();
    }
  });

  it('of a pipe is a question a line, with the last one although no line end follows it', async () => {
    expect(await questions(['one\ntwo\nthree'], false)).toEqual(['one', 'two', 'three']);
    expect(await questions(['one\\'], false)).toEqual(['one\\']);
  });
});
