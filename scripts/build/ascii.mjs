/**
 * A plugin of Vite that writes characters outside of ASCII as escapes where that is shorter in memory. V8 keeps the text of every
 * loaded script, in two bytes a character once a single one of them is not Latin: half a megabyte of English code would take a
 * whole one for a few Chinese words.
 */
export function asciiChunks() {
  return {
    name: 'ascii-chunks',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = inFewerBytes(part.code);
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
  return code.replace(/(\\*)([^\0-\x7f])/g, (_whole, slashes, character) => {
    const escaped = `u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return slashes.length % 2 === 1 ? `${slashes}${escaped}` : `${slashes}\\${escaped}`;
  });
}
