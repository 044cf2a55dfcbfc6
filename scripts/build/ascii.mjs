import { parseAst } from 'vite';

/**
 * A plugin of Vite that writes characters outside of ASCII as escapes where that is shorter in memory. V8 keeps the text of every
 * loaded script, in two bytes a character once a single one of them is not Latin: half a megabyte of English code would take a
 * whole one for a few Chinese words.
 */
export function asciiChunks() {
  return {
    name: 'ascii-chunks',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type !== 'chunk') continue;
        const code = inFewerBytes(part.code);
        // What cannot be read would be missed only by whoever needs that part: formulas were once written as their source.
        if (code !== part.code) parseAst(code);
        part.code = code;
      }
    },
  };
}

/** The code, or the same in ASCII where that takes less memory as a string of V8. */
export function inFewerBytes(code) {
  if (!/[^\0-\xff]/.test(code)) return code;
  const escaped = toAscii(code);
  return escaped.length < 2 * code.length ? escaped : code;
}

/**
 * Strings, templates, patterns and names may all hold such an escape. One that was escaped already has its backslash; in a raw
 * template the escape would be text, so code that has one is refused.
 */
export function toAscii(code) {
  if (/String\.raw`[^`]*[^\0-\x7f]/.test(code)) throw new Error('a raw template holds characters outside of ASCII');
  const named = code.replace(nameWithPairs, (name) => name.replace(/[\ud800-\udbff][\udc00-\udfff]/g, wholeEscape));
  return named.replace(/(\\*)([^\0-\x7f])/g, (_whole, slashes, character) => {
    const escaped = `u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return slashes.length % 2 === 1 ? `${slashes}${escaped}` : `${slashes}\\${escaped}`;
  });
}

/** A key of an object that is written without quotes and has a letter of two halves in it, such as a letter of formulas. */
const nameWithPairs = /(?<=[{,])(?:[\w$]|[^\0-\x7f])*[\ud800-\udbff][\udc00-\udfff](?:[\w$]|[^\0-\x7f])*(?=:)/g;

/** In a name the two halves cannot stand alone. */
function wholeEscape(pair) {
  return `\\u{${pair.codePointAt(0).toString(16)}}`;
}
