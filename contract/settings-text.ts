import { twiceInJson } from './json-twice.ts';

/** Stands where a name was written twice: it is no value that a setting can have. */
const twice = Symbol('written twice');

/**
 * The text of a settings file as `readSettings` takes it. What has a name twice is none that can be read: which of the two was
 * meant, nobody knows. Throws where the text is no JSON.
 */
export function parseSettings(text: string): unknown {
  const raw: unknown = JSON.parse(text);
  for (const { path } of twiceInJson(text)) {
    const holder = path.slice(0, -1).reduce<unknown>(memberOf, raw);
    const name = path.at(-1);
    if (typeof holder === 'object' && holder !== null && name !== undefined)
      Object.defineProperty(holder, name, { value: twice, enumerable: true, configurable: true, writable: true });
  }
  return raw;
}

function memberOf(value: unknown, name: string | number): unknown {
  const isIn = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isIn ? Reflect.get(value, name) : undefined;
}
