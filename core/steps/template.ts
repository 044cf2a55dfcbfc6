import type { FormAnswers } from '../../contract/atom-forms.ts';
import type { Room } from './room.ts';

/**
 * Fills `{text}`, `{date}`, `{time}` and what the person answered in; what is filled in is not looked at again, and other braces are
 * text.
 */
export function fillTemplate(template: string, text: string, now: Date, room: Room, answers: FormAnswers = {}): string {
  const values: FormAnswers = { ...answers, text, ...dateAndTime(now) };
  room.take(template.length);
  return template.replace(/\{([a-z][a-z0-9-]{0,29})\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? whole) : whole;
    room.take(value.length);
    return value;
  });
}

/** The day as 2029-11-29 and the time as 14:05, where the person is. */
export function dateAndTime(now: Date): { readonly date: string; readonly time: string } {
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}:${two(now.getMinutes())}`,
  };
}
