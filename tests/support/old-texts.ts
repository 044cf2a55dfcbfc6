/** Words of languages that windows-1252 was made for, each with signs beyond ASCII. */
export const westernWords: Readonly<Record<string, readonly string[]>> = {
  German: [
    'Müller',
    'Köln',
    'für',
    'Straße',
    'Größe',
    'Schäden',
    'Übergröße',
    'Öl',
    'süß',
    'Käufer',
    'GRÖSSE',
    'MÜLLER',
    'MÄRZ',
  ],
  French: [
    'été',
    'créée',
    'déjà',
    'français',
    'hôtel',
    'Noël',
    'où',
    'à',
    'cœur',
    'reçu',
    'naïveté',
    'ÉCOLE',
    'CHÂTEAU',
    'goût',
  ],
  Spanish: ['Peña', 'Señor', 'año', 'teléfono', 'dirección', 'Núñez', 'pingüino', 'ESPAÑA', 'Íñigo', '¿Qué?', 'n.º'],
  Portuguese: ['São', 'ação', 'informações', 'preço', 'João', 'INFORMAÇÃO', 'avô', 'você', 'ÓRGÃO', 'às', 'lições'],
  Italian: ['perché', 'città', 'è', 'più', 'lunedì', 'università', 'QUALITÀ', 'però'],
  Dutch: ['coördinatie', 'één', 'België', 'reünie', 'financiële', 'geïnteresseerd'],
  Swedish: ['Malmö', 'år', 'förälder', 'Åsa', 'smörgås', 'ÖREBRO', 'två', 'på', 'Göteborg'],
  Danish: ['København', 'ærø', 'på', 'Århus', 'søndag', 'blå', 'øl', 'KØBENHAVN'],
  Norwegian: ['Tromsø', 'nå', 'også', 'Ålesund', 'fjærå', 'BÆRUM', 'kjøre'],
  Finnish: ['päätös', 'työ', 'äiti', 'Hämeenlinna', 'yö', 'määrä', 'HYVÄÄ', 'öljy', 'Jyväskylä'],
  Icelandic: ['það', 'þú', 'Þórður', 'Ísland', 'ræða', 'blað', 'REYKJAVÍK', 'ný', 'góðan'],
  Estonian: ['õppima', 'Tõnu', 'jäär', 'öö', 'Pärnu', 'küsimus', 'šokolaad', 'tüüp'],
  Catalan: ['Barça', 'col·legi', 'això', 'àrea', 'qüestió', 'paraules més', 'ÚLTIMA'],
  Irish: ['Seán', 'Éire', 'bóthar', 'tír', 'úll', 'Gaeilge á labhairt'],
  Albanian: ['është', 'çmim', 'Shqipëri', 'Tiranë', 'Ç’është'],
  signs: [
    '21 °C',
    '5 µm',
    '£100',
    '12,50 €',
    '© 2024',
    '§ 5',
    '±0,1',
    '½ l',
    'it’s',
    '“so”',
    '„so“',
    '«non»',
    '10–20',
    'and so on…',
    'm²',
  ],
};

/**
 * Short Chinese, as it stands in tables and logs that are ASCII otherwise. Not among it: 芃, 昇 and the like, whose second
 * byte is a letter, alone; they could as well be Western.
 */
export const chineseWords: readonly string[] = [
  ...[
    '男',
    '女',
    '是',
    '否',
    '元',
    '张三',
    '李四',
    '王芳',
    '欧阳修',
    '诸葛亮',
    '北京',
    '上海',
    '价格',
    '数量',
    '单价',
    '合计',
    '备注',
    '完成',
  ],
  ...[
    '失败',
    '成功',
    '错误',
    '未知',
    '仓库',
    '订单号',
    '有限公司',
    '鑫源',
    '瑜伽',
    '镕基',
    '珺',
    '淼',
    '堃',
    '喆',
    '℃',
  ],
  ...[
    '“是”',
    '（男）',
    '3月5日',
    '第2页',
    '100元',
    'A股',
    'T恤',
    'U盘',
    'GPU卡',
    '用Excel打开',
    '重庆',
    '厦门',
    '螺丝',
    '阀门',
  ],
];

type Around = (word: string, other: string) => string;

/** What files of ASCII look like around a word. */
export const contexts: Readonly<Record<string, Around>> = {
  'a table with semicolons': (word, other) =>
    `Name;Place;Amount\n${word};x;12.50\n${other};Bonn;7.00\nGruber;Graz;31.20\n`,
  'a table with commas': (word, other) => `id,name,value\r\n1,${word},3\r\n2,"${other}",5\r\n3,abc,7\r\n`,
  'a log': (word, other) =>
    `2026-01-05 12:00:01 INFO started\n2026-01-05 12:00:02 WARN ${word} at line 5\n2026-01-05 12:00:03 INFO ${other} done\n`,
  settings: (word, other) => `[main]\nname=${word}\npath=/var/lib\ntitle="${other}"\n`,
  'a tab table': (word, other) => `a\tb\n${word}\t1\n${other}\t2\n`,
  alone: (word) => word,
  'a line': (word, other) => `${word} ${other}\n`,
};

const cp1252 =
  '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ' +
  String.fromCharCode(...Array.from({ length: 96 }, (_, index) => 160 + index));
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

function encode(text: string, upperHalf: string): Buffer | null {
  const codes = [...text].map((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const at = upperHalf.indexOf(sign);
    return code < 128 ? code : at === -1 ? -1 : at + 128;
  });
  return codes.includes(-1) ? null : Buffer.from(codes);
}

/** Null for a text that the encoding has no signs for. */
export const inWindows1252 = (text: string) => encode(text, cp1252);
export const inDos = (text: string) => encode(text, cp850);

let chinesePairs: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Made by decoding all pairs of bytes: there is no encoder for it here. */
function pairsOfChinese(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const pairs = new Map<string, readonly [number, number]>();
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1)
      if (second !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  return pairs;
}

export function inGbk(text: string): Buffer | null {
  chinesePairs ??= pairsOfChinese();
  const pairs = chinesePairs;
  const codes = [...text].map((sign) => (sign < '\u0080' ? [sign.charCodeAt(0)] : pairs.get(sign)));
  return codes.some((code) => code === undefined) ? null : Buffer.from(codes.flatMap((code) => [...(code ?? [])]));
}
