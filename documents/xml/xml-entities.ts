const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text as it is meant, of text as it is written (XML 1.0, 4.1 and 4.6). Throws at an entity that XML itself does not define. */
export function textOf(written: string): string {
  if (!written.includes('&')) return written;
  return written.replaceAll(/&([^;&]{0,40};)?/g, (_, said: string | undefined) => {
    const name = said?.slice(0, -1) ?? '';
    const text = named[name] ?? numbered(name);
    if (text === null) throw new Error(`an entity that nothing defines: ${name}`);
    return text;
  });
}

/** A character by its number; null where XML has none of it. */
function numbered(name: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([\da-f]{1,8})|(\d{1,8}))$/i.exec(name) ?? [];
  if (hexadecimal === undefined && decimal === undefined) return null;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const isOne =
    (code >= 0x20 && code < 0xd800) ||
    (code >= 0xe000 && code < 0xfffe) ||
    (code >= 0x10000 && code <= 0x10ffff) ||
    [9, 10, 13].includes(code);
  return isOne ? String.fromCodePoint(code) : null;
}
