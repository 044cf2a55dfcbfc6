import type { Room } from './room.ts';

/** Fills `{text}`, `{date}` and `{time}` in; what is filled in is not looked at again, and other braces are text. */
export function fillTemplate(template: string, text: string, now: Date, room: Room): string {
  const values = { text, ...dateAndTime(now) } as const;
  room.take(template.length + (template.split('{text}').length - 1) * text.length);
  return template.replace(/\{(text|date|time)\}/g, (_, name: keyof typeof values) => values[name]);
}

/** The day as 2029-11-29 and the time as 14:05, where the person is. */
export function dateAndTime(now: Date): { readonly date: string; readonly time: string } {
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}:${two(now.getMinutes())}`,
  };
}
