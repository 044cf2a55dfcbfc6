const dayMs = 86_400_000;

/**
 * When something was, in a few letters, as a person would say it: a moment ago, minutes, the time of today, yesterday, the day
 * of the week, the day, and the year where it is another one.
 */
export function formatWhen(time: number, now: number, language: 'en' | 'zh-CN'): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes >= 0 && minutes < 1) return language === 'en' ? 'just now' : '刚刚';
  if (minutes >= 0 && minutes < 60) return language === 'en' ? `${minutes} min` : `${minutes} 分钟前`;
  const days = Math.round((startOfDay(now) - startOfDay(time)) / dayMs);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(time);
  if (days === 0) return format({ hour: '2-digit', minute: '2-digit' });
  if (days === 1) return language === 'en' ? 'Yesterday' : '昨天';
  if (days > 1 && days < 7) return format({ weekday: 'short' });
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
