import { describe, expect, it } from 'vitest';
import { plain, toJsonLine } from '../../../cli/plain.ts';
import { Terminal } from '../../../cli/terminal.ts';

describe('text on a terminal', () => {
  it('gives no orders: colours, titles, clears and bells are only letters', () => {
    const hostile = 'a\u001b[2Jb\u001b]0;title\u0007c\u009b31md\r\u0000e';
    expect(plain(hostile)).toBe('a [2Jb ]0;title c 31md  e');
    expect(plain(`${hostile}\n\t招之`, true)).toBe('a[2Jb]0;titlec31mde\n\t招之');
  });
});

describe('what turns the text around it', () => {
  const turning = Array.from({ length: 0x3000 }, (_, at) => String.fromCodePoint(at)).filter((character) =>
    /\p{Bidi_Control}/u.test(character),
  );
  /** Marks of direction belong to their writing; only these turn what follows. */
  const turns = turning.filter((character) => !/[\u061C\u200E\u200F]/.test(character));

  it.each<[string, (terminal: Terminal, text: string) => void]>([
    ['a line', (terminal, text) => terminal.line(text)],
    ['a piece of an answer', (terminal, text) => terminal.answer(text)],
    ['a conversation', (terminal, text) => terminal.shown(text)],
    ['a note', (terminal, text) => terminal.note(text)],
    ['a status', (terminal, text) => terminal.status(text)],
  ])('is never raw on a screen: %s', (_, say) => {
    let seen = '';
    const screen = { isTTY: true, write: (text: string) => (seen += text) };
    say(new Terminal(screen, screen), `a${turns.join('')}b`);
    for (const turn of turns) expect(seen).not.toContain(turn);
    expect(seen).toContain('⟨202E⟩');
  });

  it('is never raw in JSON, which means the same', () => {
    const line = toJsonLine({ text: turning.join('') });
    expect(line).not.toMatch(/\p{Bidi_Control}/u);
    expect((JSON.parse(line) as { text: string }).text).toBe(turning.join(''));
  });
});
