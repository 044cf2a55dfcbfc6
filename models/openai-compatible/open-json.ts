/** A cause stands at the beginning; what is longer is not looked through. */
const mostRead = 20_000;

/**
 * JSON whose end is missing, since it was too long or broke off, as far as it goes: what had begun is closed, and a name
 * without its value left out. Null for what is no JSON.
 */
export function parseOpenJson(text: string): unknown {
  const start = text.slice(0, mostRead);
  const { closing, inString, lastWhole, closingThere } = openAt(start);
  const ended = inString ? `${start.replace(/\\(?:u[0-9a-f]{0,3})?$/i, '')}"` : start;
  for (const whole of [ended + closing, start.slice(0, lastWhole) + closingThere]) {
    try {
      return JSON.parse(whole);
    } catch {
      // The next is shorter.
    }
  }
  return null;
}

/** Whether something is open where it ends. */
export function isOpenJson(text: string): boolean {
  const { closing, inString } = openAt(text.slice(0, mostRead));
  return inString || closing !== '';
}

interface Open {
  /** What would close all that is open. */
  readonly closing: string;
  readonly inString: boolean;
  /** Where the last value before the end was whole, and what would close all that was open there. */
  readonly lastWhole: number;
  readonly closingThere: string;
}

function openAt(text: string): Open {
  let closing = '';
  let [inString, escaped] = [false, false];
  let whole = { lastWhole: 0, closingThere: '' };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inString) {
      if (!escaped && character === '"') inString = false;
      escaped = !escaped && character === '\\';
      continue;
    }
    if (character === '"') inString = true;
    else if (character === '{' || character === '[') closing = (character === '{' ? '}' : ']') + closing;
    else if (character === '}' || character === ']') closing = closing.slice(1);
    if (character === ',') whole = { lastWhole: at, closingThere: closing };
    else if ('{['.includes(character)) whole = { lastWhole: at + 1, closingThere: closing };
  }
  return { closing, inString, ...whole };
}
