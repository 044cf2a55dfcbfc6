import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { RulesState } from '../../contract/routes/rules.ts';
import type { Rule } from '../../contract/rule.ts';
import { StateSource } from '../../wire/state-source.ts';
import { fold, noRuling, type Piece, type Ruling, rulingOf } from './match-rules.ts';
import type { RuleFile } from './rule-file.ts';

/** What an application is called: by the desktop, and by people. */
export interface NamedApplication {
  readonly name: string;
  readonly label: string;
}

export interface RulesOptions {
  readonly file: RuleFile;
  /** Names that the person wants to be hidden. */
  readonly privateNames: () => readonly string[];
  /** Applications that were seen. */
  readonly applications: () => readonly NamedApplication[];
}

/** The rules of the person: what each text of a chat may be sent to. */
export class Rules {
  readonly state = new StateSource<RulesState>({ list: [], error: null, revision: 0 });
  readonly #options: RulesOptions;

  constructor(options: RulesOptions) {
    this.#options = options;
  }

  /** Reads the file where it has changed. Answers why it cannot be read; null where it can. */
  refresh(): AppErrorShape | null {
    try {
      this.#show(this.#options.file.read(), null);
      return null;
    } catch (error) {
      const fault = toErrorShape(error);
      this.#show([], fault);
      return fault;
    }
  }

  /** Throws `rules/broken-file`. */
  rulingOf(pieces: readonly Piece[]): Ruling {
    const { file, privateNames } = this.#options;
    const list = file.read();
    this.#show(list, null);
    if (list.length === 0) return noRuling;
    return rulingOf(list, pieces, { names: privateNames(), sameAs: (name) => this.#sameAs(name) });
  }

  /** Throws `rules/changed` where the list was another one than the person saw, and `rules/not-saved`. */
  change(revision: number, list: readonly Rule[]): void {
    this.refresh();
    if (revision !== this.state.value.revision)
      throw new AppError('rules/changed', 'the rules were changed meanwhile', { action: 'try-again' });
    this.#options.file.write(list);
    this.refresh();
  }

  #show(list: readonly Rule[], error: AppErrorShape | null): void {
    const { revision, ...shown } = this.state.value;
    const isSame = revision > 0 && JSON.stringify([list, error]) === JSON.stringify([shown.list, shown.error]);
    if (!isSame) this.state.update({ list, error, revision: revision + 1 });
  }

  #sameAs(name: string): readonly string[] {
    return this.#options
      .applications()
      .map((one) => [fold(one.name), fold(one.label)])
      .filter((names) => names.includes(name))
      .flat();
  }
}
