import { describe, expect, it } from 'vitest';
import { startPlace } from '../../../main/shell/start-words.ts';

describe('what a command line asks to be shown', () => {
  it('is one of four places, wherever Chromium put the word among its own', () => {
    for (const place of ['overlay', 'chats', 'models', 'settings'])
      expect(startPlace(['/usr/lib/beckon/beckon', '--type=x', `--open=${place}`, '--flag'])).toBe(place);
  });

  it('is nothing for words that only look like one, so that nobody else can name a page or a file', () => {
    const words = [
      '--open',
      '--open=',
      '--open=Settings',
      '--open=settings/../chats',
      'open=chats',
      '--open=file:///etc',
    ];
    for (const word of words) expect(startPlace(['beckon', word])).toBeNull();
    expect(startPlace(['beckon', '--open', 'settings'])).toBeNull();
    expect(startPlace([])).toBeNull();
  });
});
