import type { Message } from '../../contract/conversation.ts';
import type { GenerateInput } from '../../contract/engine.ts';
import { AppError, fromErrorShape } from '../../contract/errors.ts';
import type { Reach, Recipient } from '../../contract/label.ts';
import { isShownFirst, type Settings } from '../../contract/settings.ts';
import type { Attachment } from '../attachment.ts';
import { mayReach } from '../steps/labels.ts';
import { noRuling, type Ruling } from './match-rules.ts';
import { piecesOf } from './pieces.ts';
import type { Rules } from './rules.ts';

/** A chat with its texts, whole, by the ids of their questions. */
export interface ChatTexts {
  readonly messages: readonly Message[];
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
}

/** Who would get a prompt. */
interface Receiver {
  readonly host: string;
  readonly place: Recipient['place'];
  readonly serverId: string | null;
}

interface Asked {
  readonly purpose: 'answer' | 'trial';
  readonly to: Receiver;
  readonly messageId: string | null;
}

export interface LeaveOptions<To extends Receiver> {
  readonly rules: Rules;
  readonly settings: () => Settings;
  /** The chat of an answer; throws where there is none. */
  readonly chatOf: (answerId: string) => ChatTexts;
  readonly hashOf: (input: GenerateInput, to: To) => string;
  /** Whether who gets a prompt may learn from it; asked where a rule wants to know. */
  readonly trainingOf: (to: Receiver) => Recipient['training'];
}

/** Answers whose person's word is kept; more are never being made at a time. */
const mostAgreed = 200;

/**
 * What the person lets leave this machine. Rules are read anew each time; where they cannot be read nothing leaves that one of
 * them could forbid. No text decides here: what it says is looked at by the person's own rules alone.
 */
export class Leave<To extends Receiver> {
  readonly #options: LeaveOptions<To>;
  /** By the ids of answers: the hash of what the person saw; null once it was sent, when what follows from it waits to be shown, where it has to be. */
  readonly #agreed = new Map<string, string | null>();
  #last: { readonly key: string; readonly ruling: Ruling } | null = null;

  constructor(options: LeaveOptions<To>) {
    this.#options = options;
  }

  /** Notes what the person saw of an answer's prompt, and agreed to. */
  agree(answerId: string, hash: string): void {
    this.#agreed.set(answerId, hash);
    for (const old of [...this.#agreed.keys()].slice(0, -mostAgreed)) this.#agreed.delete(old);
  }

  /** What is sent first for an answer is known once it has begun, and waits to be shown then, where it has to be. */
  showsLater(answerId: string): void {
    if (this.#agreed.get(answerId) === undefined) this.#agreed.set(answerId, null);
  }

  /** How far the texts of the chat of an answer may go, which every value that is made of them carries. Throws `rules/broken-file`. */
  reachOf(answerId: string): Reach {
    return reachBy(this.rulingOf(answerId));
  }

  /** What the rules say of the chat of an answer. Throws `rules/broken-file`. */
  rulingOf(answerId: string): Ruling {
    const { rules, chatOf, settings } = this.#options;
    const fault = rules.refresh();
    if (fault !== null) throw fromErrorShape(fault);
    const { list, revision } = rules.state.value;
    if (list.length === 0) return noRuling;
    const { messages, attachments } = chatOf(answerId);
    const pieces = piecesOf(messages, attachments, answerId);
    // A text in a hundred parts is asked about for each of them.
    const key = JSON.stringify([answerId, revision, settings().privateNames, pieces.map(({ text }) => text.length)]);
    if (this.#last?.key !== key) this.#last = { key, ruling: rules.rulingOf(pieces) };
    return this.#last.ruling;
  }

  /** Throws `rules/never-leaves`, `rules/no-training` and `rules/broken-file`. */
  requireMayLeave({ purpose, to, messageId }: Asked): void {
    // What a trial says is Beckon's own.
    if (to.place === 'this-machine' || purpose === 'trial') return;
    if (messageId === null) throw new AppError('app/not-allowed', 'a prompt that belongs to no answer');
    const reach = this.reachOf(messageId);
    const { host, place } = to;
    if (reach === 'anywhere' || mayReach(reach, { place, training: this.#options.trainingOf(to) })) return;
    const values = { host };
    if (reach === 'here')
      throw new AppError('rules/never-leaves', 'a rule keeps it here', { values, action: 'open-settings' });
    throw new AppError('rules/no-training', 'a rule keeps it from who may learn', { values, action: 'choose-model' });
  }

  /** False for a later prompt of an answer that has to be shown, too. Throws `sending/not-shown` and `sending/shown-otherwise`. */
  isShown({ purpose, to, messageId }: Asked & { readonly to: To }, input: GenerateInput): boolean {
    if (purpose === 'trial' || messageId === null) return true;
    const agreed = this.#agreed.get(messageId);
    if (agreed === null) return !this.mustShow(to, messageId);
    const { host } = to;
    if (agreed === undefined) {
      if (!this.mustShow(to, messageId)) return true;
      throw new AppError('sending/not-shown', 'it was not shown', { values: { host }, action: 'look' });
    }
    if (agreed !== this.#options.hashOf(input, to))
      throw new AppError('sending/shown-otherwise', 'not what was shown', { values: { host }, action: 'look' });
    this.#agreed.set(messageId, null);
    return true;
  }

  /** Whether nothing of an answer goes there that the person has not seen. */
  mustShow({ serverId, place }: Receiver, answerId: string): boolean {
    if (place === 'this-machine') return false;
    return isShownFirst(this.#options.settings(), serverId) || this.rulingOf(answerId).askMe !== null;
  }
}

/** How far the texts of a chat may go, by the rules that hold of them. */
function reachBy({ neverLeaves, noTraining }: Ruling): Reach {
  if (neverLeaves !== null) return 'here';
  return noTraining === null ? 'anywhere' : 'untrained';
}
