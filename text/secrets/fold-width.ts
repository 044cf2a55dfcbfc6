/** Signs of Chinese typing, each of which stands for one of ASCII: full-width ones, and hyphens of other kinds. */
const wide = /[\uff01-\uff5e\u3000\u2010-\u2015\u2212]/;
const eachWide = /[\uff01-\uff5e\u3000\u2010-\u2015\u2212]/g;

/** The text with those signs as they are typed elsewhere. It has the same length: what stands at a place stands there still. */
export function foldWidth(text: string): string {
  if (!wide.test(text)) return text;
  return text.replace(eachWide, (sign) => {
    if (sign === '\u3000') return ' ';
    return sign < '\uff00' ? '-' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
  });
}
