import { describe, expect, it } from 'vitest';
import type { ConversationRow } from '../../../contract/conversation.ts';
import { groupChats, sayTimes } from '../../../renderer/window/chat-groups.ts';

const now = new Date(2026, 10, 30, 0, 30).getTime();
const hour = 3_600_000;
const at = (ago: number, pinnedAt: number | null = null): ConversationRow => ({
  id: `c-${ago}`,
  title: 'Tides',
  createdAt: 0,
  updatedAt: now - ago,
  questions: 1,
  runningRunId: null,
  pinnedAt,
  source: null,
  host: null,
});

describe('the list of chats', () => {
  it('is divided by the calendar, not by hours: half an hour before midnight is yesterday', () => {
    const rows = [at(400 * 24 * hour, 1), at(0), at(hour), at(30 * hour), at(7 * 24 * hour), at(20 * 24 * hour)];
    const groups = groupChats(rows, now, sayTimes('en')).map(({ group, rows: some }) => [
      group.kind === 'month' ? group.name : group.kind,
      some.length,
    ]);
    expect(groups).toEqual([
      ['pinned', 1],
      ['today', 1],
      ['yesterday', 1],
      ['week', 2],
      ['November 2026', 1],
    ]);
  });

  it('tells chats of one month and another year apart', () => {
    const names = groupChats([at(40 * 24 * hour), at(405 * 24 * hour)], now, sayTimes('zh-CN')).map(
      ({ group }) => group,
    );
    expect(names).toEqual([
      { kind: 'month', name: '2026年10月' },
      { kind: 'month', name: '2025年10月' },
    ]);
  });

  it.each([
    [0, 'en', '00:30'],
    [hour, 'en', '23:30'],
    [48 * hour, 'en', 'Sat'],
    [48 * hour, 'zh-CN', '周六'],
    [49 * 24 * hour, 'en', '12 Oct'],
    [49 * 24 * hour, 'zh-CN', '10月12日'],
    [500 * 24 * hour, 'en', '18 Jul 2025'],
  ])('says when it was %d ms ago in %s as %s', (ago, language, said) => {
    expect(sayTimes(language).short(now - ago, now)).toBe(said);
  });

  it('puts a chat from a clock that was ahead into today', () => {
    expect(groupChats([at(-50 * hour)], now, sayTimes('en'))).toMatchObject([{ group: { kind: 'today' } }]);
  });
});
