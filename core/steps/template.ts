import type { Room } from './room.ts';

/** Fills `{text}`, `{date}` and `{time}` in; what is filled in is not looked at again, and other braces are text. */
export function fillTemplate(template: string, text: string, now: Date, room: Room): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const values = {
    text,
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}:${two(now.getMinutes())}`,
  } as const;
  room.take(template.length + (template.split('{text}').length - 1) * text.length);
  return template.replace(/\{(text|date|time)\}/g, (_, name: keyof typeof values) => values[name]);
}
