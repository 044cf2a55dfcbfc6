const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const chineseUnits: Readonly<Record<string, string>> = { 毫秒: 'ms', 秒: 's', 分: 'm', 小时: 'h', 天: 'd' };

const amount =
  /(\d+(?:\.\d+)?)\s?(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|毫秒|秒|分|小时|天)(?![a-z])/giu;
/** A time that is said to be waited for, such as "try again in 7m12s", "wait 80000 seconds", "请在 20 秒后重试". */
const toldInWords = [
  /(?:try(?:ing)? again|retry(?:ing)?|wait|resets?)(?: in| after| for)?:?\s+(?:about )?((?:\d+(?:\.\d+)?\s?[a-z]+,?\s?(?:and )?)+)/iu,
  /((?:\d+(?:\.\d+)?\s?(?:毫秒|秒|分钟?|小时|天)\s?)+)(?:之?后|再)/u,
];

/** How long a server asks to wait, in milliseconds, by its words; null where it names no time. */
export function waitInWords(words: string): number | null {
  for (const pattern of toldInWords) {
    const told = pattern.exec(words)?.[1];
    const ms = told === undefined ? null : sum(told);
    if (ms !== null) return ms;
  }
  return null;
}

/** By a field of its own: seconds, or a time with its unit (`34.07s`). */
export function waitInField(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * 1000 : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : sum(value);
}

/** By the header `retry-after`: in seconds or as a date; a time that has passed, or that is none, says nothing. */
export function waitInHeader(header: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return ms >= 0 ? ms : null;
}

function sum(told: string): number | null {
  let total: number | null = null;
  for (const [, count, unit = ''] of told.matchAll(amount)) {
    const word = chineseUnits[unit] ?? (/^m(?:s|illi)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase());
    total = (total ?? 0) + Number(count) * (unitMs[word] ?? 0);
  }
  return total;
}
