/** Characters of which models make about a token each, or a little less. */
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const perWide = 0.75;
/** Characters of other scripts in one token, on the low side: code and names take more tokens than words. */
const perToken = 3.6;

/** About how many tokens a text has; which model reads it changes that by a quarter either way. */
export function estimateTokens(text: string): number {
  const wideCount = text.match(wide)?.length ?? 0;
  return Math.ceil(wideCount * perWide + (text.length - wideCount) / perToken);
}
