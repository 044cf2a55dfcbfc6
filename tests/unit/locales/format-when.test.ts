import { describe, expect, it } from 'vitest';
import { formatWhen } from '../../../locales/format-when.ts';

const now = new Date(2026, 10, 29, 14, 30).getTime();
const at = (...parts: readonly [number, number, number, number, number]) =>
  formatWhen(new Date(...parts).getTime(), now, 'en');

describe('when a chat was', () => {
  // Every row of the history said "Nov 29, 2026".
  it('is told as a person says it: minutes, the time, the day, the date, the year', () => {
    expect(at(2026, 10, 29, 14, 30)).toBe('just now');
    expect(at(2026, 10, 29, 14, 28)).toBe('2 min');
    expect(at(2026, 10, 29, 9, 5)).toBe('09:05');
    expect(at(2026, 10, 28, 23, 59)).toBe('Yesterday');
    expect(at(2026, 10, 23, 12, 0)).toBe('Mon');
    expect(at(2026, 9, 12, 12, 0)).toBe('12 Oct');
    expect(at(2025, 9, 12, 12, 0)).toBe('12 Oct 2025');
  });

  it('is no time to come where a clock was put back', () => {
    expect(at(2026, 10, 29, 14, 40)).toBe('14:40');
  });

  it('is told in Chinese, too', () => {
    expect(formatWhen(now - 120_000, now, 'zh-CN')).toBe('2 分钟前');
    expect(formatWhen(now - 86_400_000, now, 'zh-CN')).toBe('昨天');
  });
});
