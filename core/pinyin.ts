import { pinyin } from 'pinyin-pro';

/** First letters of the pinyin of a Chinese text in lower case, which people type to find it; what is not Chinese is left out. */
export function initialsOf(chinese: string): string {
  return pinyin(chinese, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' })
    .join('')
    .toLowerCase();
}
