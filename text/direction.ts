const strong = /[\p{L}]/u;
const rightToLeftScripts =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Yezidi}]/u;

/** Whether a text reads from right to left: by its first letter (rules P2 and P3 of the Unicode Bidirectional Algorithm). */
export function isRightToLeft(text: string): boolean {
  const first = strong.exec(text)?.[0];
  return first !== undefined && rightToLeftScripts.test(first);
}
