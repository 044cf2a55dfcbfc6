import { AppError } from '../../contract/errors.ts';
import type { ModelRow, Sampling } from '../../contract/model.ts';
import type { LocalModels } from '../../models/engine/local-models.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { Host } from '../ports.ts';
import type { FastCopies } from './fast-copies.ts';
import type { InstalledModels } from './installed-models.ts';
import { ownFileId } from './model-files.ts';

/** Models behind addresses, as the servers feature gives them. */
export interface ServerModels {
  rows(): readonly ModelRow[];
  /** `answerId`: the answer it is for, which its receipts name. */
  model(modelId: string, answerId: string | null): LanguageModel | null;
}

export interface ModelChoiceOptions {
  readonly host: Pick<Host, 'settings'>;
  readonly installed: InstalledModels;
  readonly local: LocalModels;
  readonly fastCopies: FastCopies;
  readonly servers: ServerModels;
}

/** Which model answers: the one that is asked for, the one the person chose, or the best that is here. */
export class ModelChoice {
  readonly #options: ModelChoiceOptions;

  constructor(options: ModelChoiceOptions) {
    this.#options = options;
  }

  /** The model for a question. Throws `model/none` when there is none to run. */
  async find(
    modelId: string | null,
    answerId: string | null = null,
  ): Promise<{ readonly model: LanguageModel; readonly sampling: Sampling }> {
    const { servers, installed, fastCopies, local } = this.#options;
    const id = modelId ?? (await this.chosenId());
    if (id === null) throw new AppError('model/none', 'no model is installed', { action: 'get-model' });
    const server = servers.model(id, answerId);
    if (server !== null) return { model: server, sampling: { temperature: 0.7 } };
    const { file, sampling } = await installed.answering(id);
    const path = fastCopies.pathOf(id, file.path) ?? file.path;
    return { model: local.model({ ...file, path }), sampling };
  }

  /** The best model on this machine, for what may not be sent elsewhere; null where there is none. */
  async findHere(): Promise<{ readonly model: LanguageModel; readonly sampling: Sampling } | null> {
    const id = await this.hereId();
    return id === null ? null : this.find(id);
  }

  /** The model that answers here: the chosen one where it runs in Beckon itself, else the best that is here; null for none. */
  async hereId(): Promise<string | null> {
    const { modelId } = this.#options.host.settings();
    if (modelId !== null && (await this.exists(modelId)) && !this.isServed(modelId)) return modelId;
    return this.#bestId();
  }

  /** Whether it can be asked; a file that is not there is none that can. */
  async exists(modelId: string): Promise<boolean> {
    const { installed } = this.#options;
    if (this.isServed(modelId) || installed.rows('chat').some(({ id }) => id === modelId)) return true;
    const own = installed.ownPathOf(modelId);
    const header = own === null ? null : (await installed.readOwn(own)).header;
    return header !== null && header.purpose !== 'embedding';
  }

  isServed(modelId: string): boolean {
    return this.#options.servers.rows().some(({ id }) => id === modelId);
  }

  /** The chosen model when it can run, else the best installed one; null when there is none. */
  async chosenId(): Promise<string | null> {
    const { host, installed, servers } = this.#options;
    const { modelId } = host.settings();
    const rows = installed.rows('chat');
    if ([...rows, ...servers.rows()].some(({ id }) => id === modelId)) return modelId;
    // A file that is not there is still the chosen one: that it is missing is said, and no other answers in its place.
    const chosen = modelId === null ? null : installed.ownPathOf(modelId);
    if (chosen !== null && (await installed.readOwn(chosen)).header?.purpose !== 'embedding') return modelId;
    // A server is never used unless it was chosen.
    return this.#bestId();
  }

  async #bestId(): Promise<string | null> {
    const { installed } = this.#options;
    const best = installed.rows('chat').find(({ audience }) => audience === 'person');
    if (best !== undefined) return best.id;
    const first = await installed.firstOwn((purpose) => purpose !== 'embedding');
    return first === null ? null : ownFileId(first);
  }
}
