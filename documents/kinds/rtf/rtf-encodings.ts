/** Encodings of code pages and of fonts' character sets (RTF 1.9.1, `\ansicpg` and `\fcharset`) that `TextDecoder` has. */
const ofPages: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  54936: 'gb18030',
  65001: 'utf-8',
};
const ofCharsets: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

export function encodingOfPage(page: number): string {
  return ofPages[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');
}

/** Null for a set that says nothing of its own, so that the document's counts. */
export function encodingOfCharset(charset: number): string | null {
  const page = ofCharsets[charset];
  return page === undefined ? null : encodingOfPage(page);
}
