/**
 * Some programs (Chromium's printer among them) write Chinese characters as the radical that looks the same, which no
 * search would find. Kangxi radicals have compatibility forms in Unicode; the supplement has only this equivalence
 * (Unicode Character Database, EquivalentUnifiedIdeograph.txt), as pairs of radical and character.
 */
const supplement =
  '⺁厂⺇几⺌小⺎尣⺏尢⺐尢⺒巳⺓幺⺔彑⺕彐⺗心⺘手⺙攴⺛旡⺝月⺞歺⺟母⺠民⺡水⺢水⺣火⺤爪⺥爪⺨犬⺩王⺪疋⺫目⺬示⺭示⺮竹⺯糸⺰纟⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹老⺺聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衣⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟';

const equivalents = new Map<string, string>();
const characters = [...supplement];
for (let index = 0; index + 1 < characters.length; index += 2)
  equivalents.set(characters[index] ?? '', characters[index + 1] ?? '');

/** The text with radicals as the characters they stand for; one UTF-16 unit for one. */
export function plainIdeographs(text: string): string {
  return text
    .replaceAll(/[\u2F00-\u2FD5]/g, (radical) => radical.normalize('NFKC'))
    .replaceAll(/[\u2E80-\u2EF3]/g, (radical) => equivalents.get(radical) ?? radical);
}
