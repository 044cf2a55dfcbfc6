import { expect, it } from 'vitest';
import { noticeBody, noticeTitle } from '../../../main/shell/notice-text.ts';

it('tells the first lines that have something, each of a length that a notification has room for', () => {
  expect(noticeBody('\n One \r\n\ntwo\nthree\nfour')).toBe('One\ntwo\nthree …');
  expect(noticeBody('One\ntwo')).toBe('One\ntwo');
  expect([...noticeBody('字'.repeat(500))].length).toBe(121);
  expect(noticeTitle('x'.repeat(500)).length).toBe(120);
});

/** What a notification of a desktop may read as markup, by its specification, and what programs that show it have been known to read. */
it.each([
  '<b>bold</b>',
  '<a href="https://attacker.invalid/?q=secret">Sign in</a>',
  '<img src="https://attacker.invalid/a.png"/>',
  '<img src="file:///etc/passwd"',
  '&lt;b&gt;twice&lt;/b&gt;',
  '&#60;b&#62;by number&#60;/b&#62;',
  '&#x3c;b&#x3e;',
  '&amp;lt;b&amp;gt;',
])('gives a system nothing that it could read as markup: %s', (text) => {
  for (const said of [noticeBody(text), noticeTitle(text)]) {
    expect(said).not.toMatch(/[<>]/);
    expect(said).not.toMatch(/&(?:#|[a-z]+;)/i);
    // It is still seen what was written.
    expect(said.length).toBe(text.length);
  }
});

it('leaves an ampersand that begins nothing', () => {
  expect(noticeBody('Fish & chips at Marks & Co')).toBe('Fish & chips at Marks & Co');
});

it('shows what is hidden, and what turns the direction of writing', () => {
  expect(noticeBody('pay\u202Eexe.txt')).toContain('⟨202E⟩');
  expect(noticeTitle('a\nb')).toBe('a⟨000A⟩b');
});
