/**
 * Scripts of Chinese, Japanese and Korean, as the inside of a character class of a pattern with the flag `u`: each sign of
 * them counts as a word, and two that stand together tell as much as a word of letters.
 */
export const wordlikeScripts = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
