const han = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The language of a text, as far as it matters for how a model is asked: Chinese from a fifth of Chinese characters on. */
export function languageOfText(text: string): 'en' | 'zh-CN' {
  const letters = text.slice(0, 4000).match(/\p{L}/gu) ?? [];
  const chinese = letters.filter((letter) => han.test(letter)).length;
  return letters.length > 0 && chinese / letters.length >= 0.2 ? 'zh-CN' : 'en';
}

/**
 * The language whose glyphs a text is drawn in, where the page's own language may not tell: one Chinese character is drawn in
 * other forms for Japanese. Undefined for scripts that look the same in all.
 */
export function glyphLanguageOf(text: string): 'ja' | 'zh-CN' | undefined {
  if (kana.test(text)) return 'ja';
  return han.test(text) ? 'zh-CN' : undefined;
}
