import { describe, expect, it } from 'vitest';
import { EndWatch } from '../../../renderer/answer/end-watch.ts';

const place = (scrollTop: number, scrollHeight: number) => ({ scrollTop, scrollHeight, clientHeight: 400 });

describe('a reader of a text that grows', () => {
  // A table was drawn between going to the end and the news of it: the chat stayed above its end for good.
  it('is still at the end when the text has grown before the page tells of the scroll', () => {
    const watch = new EndWatch();
    watch.scrolled(place(600, 1300));
    expect(watch.isAtEnd).toBe(true);
  });

  // A formula takes less room than its source: the chat that was opened stood above its end.
  it('is still at the end when the text has shrunk, and grown again before the page tells of the scroll', () => {
    const watch = new EndWatch();
    watch.scrolled(place(600, 1000));
    watch.followed({ scrollTop: 500 });
    watch.scrolled(place(500, 1300));
    expect(watch.isAtEnd).toBe(true);
    watch.scrolled(place(460, 1300));
    expect(watch.isAtEnd).toBe(false);
  });

  it('leaves the end by going up, and by nothing else, and is back when going down to it', () => {
    const watch = new EndWatch();
    watch.scrolled(place(600, 1000));
    watch.scrolled(place(560, 1000));
    expect(watch.isAtEnd).toBe(false);
    watch.scrolled(place(580, 1400));
    expect(watch.isAtEnd).toBe(false);
    watch.scrolled(place(985, 1400));
    expect(watch.isAtEnd).toBe(true);
  });

  // What somebody opened at the end of a chat went out of sight in the same moment.
  it('stays where something was opened, until the end is asked for', () => {
    const watch = new EndWatch();
    watch.scrolled(place(600, 1000));
    watch.leaveEnd();
    expect(watch.isAtEnd).toBe(false);
    watch.goToEnd();
    expect(watch.isAtEnd).toBe(true);
  });
});
