interface Keyboard extends NodeJS.ReadableStream {
  setRawMode?(on: boolean): unknown;
}

const [pasteOn, pasteOff] = ['\u001b[200~', '\u001b[201~'];
const [enter, lineFeed, interrupt, endOfInput, backspace, erase, clear] = [
  '\r',
  '\n',
  '\u0003',
  '\u0004',
  '\b',
  '\u007f',
  '\u0015',
];

/** Reads a line from a terminal without showing it; null for Ctrl+C. The terminal is given back in any case. */
export function readHidden(keyboard: Keyboard): Promise<string | null> {
  keyboard.setRawMode?.(true);
  keyboard.setEncoding('utf8');
  keyboard.resume();
  return new Promise((resolve) => {
    let typed: string[] = [];
    const end = (line: string | null) => {
      keyboard.off('data', take);
      keyboard.off('end', atEnd);
      keyboard.setRawMode?.(false);
      keyboard.pause();
      resolve(line);
    };
    const atEnd = () => end(typed.join(''));
    const take = (keys: string) => {
      // A key that is pasted in the terminal's own way stands between marks.
      for (const key of keys.replaceAll(pasteOn, '').replaceAll(pasteOff, '')) {
        if (key === enter || key === lineFeed || key === endOfInput) return end(typed.join(''));
        if (key === interrupt) return end(null);
        if (key === backspace || key === erase) typed.pop();
        else if (key === clear) typed = [];
        else if (key >= ' ') typed.push(key);
      }
    };
    keyboard.on('data', take);
    keyboard.once('end', atEnd);
  });
}
