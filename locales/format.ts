/** Sizes as people read them: decimal units, as disks and downloads show them. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  if (bytes >= 1e3) return `${Math.round(bytes / 1e3)} KB`;
  return `${bytes} B`;
}

/** A time left, rounded to what a person plans with. */
export function formatDuration(seconds: number, language: 'en' | 'zh-CN'): string {
  const units = language === 'en' ? ([' s', ' min', ' h'] as const) : ([' 秒', ' 分钟', ' 小时'] as const);
  // Nothing has arrived yet, or next to nothing, so a number would be a guess.
  if (!Number.isFinite(seconds) || seconds > 86_400) return '…';
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))}${units[0]}`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}${units[1]}`;
  return `${(seconds / 3600).toFixed(1)}${units[2]}`;
}
