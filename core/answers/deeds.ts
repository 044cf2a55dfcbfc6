import type { DeedStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { textOf, type Value } from '../steps/value.ts';

/** What the steps of one action do outside of their chain, each only with the person's word for it. */
export interface Deeds {
  /** Asks the person each time, with the address. False where they did not agree. Throws `step/only-in-app`. */
  openLink(url: string, step: number): Promise<boolean>;
  /**
   * Adds to a file. `asks`: whatever the person agreed to before. False where they did not agree. Throws `step/only-in-app` and
   * `step/not-added`.
   */
  append(file: string, text: string, asks: boolean, step: number): Promise<boolean>;
  /** Writes a new file, by the name that its template comes to and that no other file has; the same else. */
  create(template: string, text: string, asks: boolean, step: number): Promise<boolean>;
  /** Tells the first lines of a text by a notification of the system; the same else. Throws `step/only-in-app` and `step/not-notified`. */
  notify(text: string, asks: boolean, step: number): Promise<boolean>;
}

const longestAddress = 2000;

/**
 * Does what a step does outside; `number` counts from 1. Throws `step/not-agreed`, `step/not-a-link`, and what `Deeds` throws. Of a
 * value only a whole address is taken for one: what stands around it never chooses among several.
 */
export async function doDeed(step: DeedStep, number: number, value: Value, asks: boolean, deeds: Deeds): Promise<void> {
  const text = textOf(value);
  const isDone = await does(step, text, number, asks, deeds);
  if (!isDone) throw new AppError('step/not-agreed', `step ${number} was not agreed to`, { values: { step: number } });
}

function does(step: DeedStep, text: string, number: number, asks: boolean, deeds: Deeds): Promise<boolean> {
  if (step.do === 'open-link') return deeds.openLink(addressIn(text, number), number);
  if (step.do === 'notify') return deeds.notify(text, asks, number);
  if (step.do === 'new-file') return deeds.create(step.file, text, asks, number);
  return deeds.append(step.file, text, asks, number);
}

/** Throws `step/not-a-link` for anything but one address of a page. */
function addressIn(text: string, step: number): string {
  const address = text.trim();
  const isShort = address.length <= longestAddress && !/[\s\p{Cc}\p{Cf}]/u.test(address);
  const url = isShort && URL.canParse(address) ? new URL(address) : null;
  const isPage = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isPage || url.username !== '' || url.password !== '')
    throw new AppError('step/not-a-link', 'no single address', { values: { step } });
  return url.href;
}
