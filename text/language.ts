/** The language of a text, as far as it matters for how a model is asked: Chinese from a fifth of Chinese characters on. */
export function languageOfText(text: string): 'en' | 'zh-CN' {
  const letters = text.slice(0, 4000).match(/\p{L}/gu) ?? [];
  const chinese = letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length;
  return letters.length > 0 && chinese / letters.length >= 0.2 ? 'zh-CN' : 'en';
}
