import type { AppErrorShape } from '../../contract/errors.ts';
import { dialects } from './dialects.ts';

/** A parameter of a question, or `system`: messages of that role. */
export type LeftOut = ReadonlySet<string>;

/** Whether a model was seen to close thinking that it had never opened. */
export type Unopened = 'unknown' | 'seen' | 'not-seen';

interface Habit {
  readonly leftOut: Set<string>;
  unopened: Unopened;
}

const mostModels = 500;

/** What models behind addresses were seen to refuse or to do. Kept while Beckon runs: a server may learn more. */
export class ModelHabits {
  readonly #habits = new Map<string, Habit>();

  leftOut(model: string): LeftOut {
    return this.#of(model).leftOut;
  }

  unopened(model: string): Unopened {
    return this.#of(model).unopened;
  }

  noteUnopened(model: string, unopened: boolean): void {
    const habit = this.#of(model);
    if (habit.unopened !== 'seen') habit.unopened = unopened ? 'seen' : 'not-seen';
  }

  /**
   * Notes what a refusal names of what was `sent`, so that the same question can be asked without; false where it names
   * nothing of it. Only refusals for which Beckon has no better cause count.
   */
  learn(model: string, sent: Readonly<Record<string, unknown>>, { code, message }: AppErrorShape): boolean {
    if (code !== 'server/failed' && code !== 'server/error-within') return false;
    if (!dialects.refusing.test(message)) return false;
    const { leftOut } = this.#of(model);
    const named = dialects.parameters.filter(({ parameter, alsoCalled = [], says }) => {
      const wasSent = parameter === 'system' ? hasSystem(sent) : parameter in sent;
      if (!wasSent) return false;
      return says === undefined ? [parameter, ...alsoCalled].some((name) => names(message, name)) : says.test(message);
    });
    for (const { parameter } of named) leftOut.add(parameter);
    return named.length > 0;
  }

  #of(model: string): Habit {
    const known = this.#habits.get(model);
    if (known !== undefined) return known;
    const oldest = this.#habits.keys().next();
    if (this.#habits.size >= mostModels && oldest.done !== true) this.#habits.delete(oldest.value);
    const habit: Habit = { leftOut: new Set(), unopened: 'unknown' };
    this.#habits.set(model, habit);
    return habit;
  }
}

function hasSystem({ messages }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(messages) && messages.some((message) => (message as { role?: unknown }).role === 'system');
}

/** As a word of its own, however it is joined. */
function names(message: string, name: string): boolean {
  const joined = name.replaceAll('_', '[ _-]?');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${joined}(?![\\p{L}\\p{N}_])`, 'iu').test(message);
}
