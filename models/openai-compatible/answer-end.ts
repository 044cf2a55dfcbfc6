import type { FinishReason, ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { dialects, type Refusal } from './dialects.ts';
import { failureOfWords, failureWithin } from './failures.ts';
import { isOpenJson } from './open-json.ts';
import type { SaidUsage } from './said-usage.ts';

/** What was seen of an answer by the time nothing more comes. */
export interface EndFacts {
  readonly host: string;
  /** Why it ended, in the server's word. */
  readonly reason: string | null;
  /** What was told to have gone wrong. */
  readonly error: unknown;
  /** The mark came that no more would. */
  readonly ended: boolean;
  /** Something of the protocol came, whatever it was. */
  readonly began: boolean;
  /** It came as one message, so that the end of the connection is its end. */
  readonly whole: boolean;
  readonly hasText: boolean;
  /** Text or thinking. */
  readonly hasWords: boolean;
  readonly asksForTool: boolean;
  /** Something of another protocol came. */
  readonly foreign: boolean;
  /** Something came that belongs to an answer; or what has no place for words. */
  readonly opened: boolean;
  readonly hollow: boolean;
  /** In which it was asked. */
  readonly protocol: 'chat' | 'responses' | 'messages' | 'gemini';
  /** What came in words that are no part of the protocol. */
  readonly words: string;
  /** Pieces that are damaged: of the protocol by their names, or by their beginning alone. */
  readonly damaged: 'none' | 'perhaps' | 'surely';
  readonly usage: SaidUsage;
  /** What codes of this server's own mean. */
  readonly refusals: readonly Refusal[];
}

/** Some servers tell of what went wrong in words between the pieces, and end as if nothing had. */
const tellsOfError = /\berror\b|exception|traceback|错误|失败/i;

/** The last part of an answer; `broke`: why nothing more comes, unless the server closed the connection. */
export function endOf(facts: EndFacts, broke: AppErrorShape | null): ModelPart {
  const { host, reason, error, ended, began, whole, hasWords, words, foreign } = facts;
  if (error !== null) return { type: 'failure', error: failureWithin(error, host, facts.refusals) };
  if (foreign && !hasWords)
    return failed(host, 'server/unreadable', 'another protocol', {
      action: 'open-models',
      values: asked(facts.protocol),
    });
  if (reason !== null) return endByReason(facts, reason);
  if (ended && began) return finishedBy(facts, 'stop');
  if (broke !== null) return { type: 'failure', error: hasWords ? brokeWithin(broke) : broke };
  if (whole) return finishedBy(facts, 'stop');
  if (began && !facts.opened && !hasWords) return noAnswer(facts);
  if (began) return failed(host, 'server/cut', 'the connection ended before the answer');
  const told = failureOfWords(words, host, facts.refusals);
  return told.code === 'server/garbled' && !ended && isBeginning(words)
    ? failed(host, 'server/cut', words.slice(0, 300))
    : { type: 'failure', error: told };
}

/** All came, and none of it was an answer: that nothing is missing tells it from one that broke off. */
function noAnswer({ host, hollow }: EndFacts): ModelPart {
  return hollow
    ? failed(host, 'server/nothing', 'an answer without a place for words', { values: { context: 'empty' } })
    : failed(host, 'server/garbled', 'no answer of a model', { action: 'open-models' });
}

/** What a person knows a protocol by; that of OpenAI's chats has a sentence of its own. */
const protocolNames = { responses: 'OpenAI Responses', messages: 'Anthropic Messages', gemini: 'Gemini' };

function asked(protocol: EndFacts['protocol']): Readonly<Record<string, string>> {
  if (protocol === 'chat') return { context: 'protocol' };
  return { context: 'other-protocol', protocol: protocolNames[protocol] };
}

/** Whether all that came is the beginning of a first piece. */
function isBeginning(words: string): boolean {
  const text = words.trim();
  return /^\{\s*(?:"|$)/.test(text) && isOpenJson(text);
}

/** Says of an answer that could be read at first that a piece of it could not. */
function brokeWithin(broke: AppErrorShape): AppErrorShape {
  if (broke.code !== 'server/unreadable') return broke;
  return { ...broke, values: { ...broke.values, context: 'pieces' } };
}

/** A failure that may be tried again, unless another step is better. */
export function failed(
  host: string,
  code: AppErrorShape['code'],
  message: string,
  detail: Pick<AppErrorShape, 'action' | 'values'> = {},
): ModelPart {
  const retry = code === 'server/cut' ? { retry: { afterMs: 0 } } : {};
  const values = { host, ...detail.values };
  return { type: 'failure', error: { code, message, ...retry, action: 'try-again', ...detail, values } };
}

/** Whether a word is known to say why an answer ended. */
export function isEndWord(reason: string | null): boolean {
  const { none: _, ...ends } = dialects.finishReasons;
  return reason !== null && Object.values(ends).some((words) => words.includes(reason.toLowerCase()));
}

function endByReason(facts: EndFacts, reason: string): ModelPart {
  const { host } = facts;
  const { stop, length, full, filtered, failed: failing } = dialects.finishReasons;
  const word = reason.toLowerCase();
  if (stop.includes(word)) return finishedBy(facts, 'stop');
  if (length.includes(word)) return finishedBy(facts, 'length');
  if (full.includes(word)) return finishedBy(facts, 'full');
  if (filtered.includes(word)) return failed(host, 'server/filtered', reason, { action: 'choose-model' });
  if (failing.includes(word)) return failed(host, 'server/error-within', reason);
  return failed(host, 'server/unknown-end', reason, { values: { reason } });
}

/** What a server does not tell at all is left out. */
function told({ cacheWriteTokens, thinkingTokens, ...usage }: SaidUsage) {
  return {
    ...usage,
    ...(cacheWriteTokens === null ? {} : { cacheWriteTokens }),
    ...(thinkingTokens === null ? {} : { thinkingTokens }),
  };
}

function finishedBy(facts: EndFacts, reason: FinishReason): ModelPart {
  const { host, began, words, damaged, hasText, hasWords, asksForTool, usage } = facts;
  if (began && tellsOfError.test(words)) return failed(host, 'server/error-within', words.slice(0, 300));
  // An answer with a piece missing is not whole, whatever its end says; and one all of which is damaged is not empty.
  if (damaged === 'surely' || (damaged === 'perhaps' && !hasWords))
    return failed(host, 'server/unreadable', words.slice(0, 300), { values: { context: 'pieces' } });
  if (asksForTool && !hasText)
    return failed(host, 'server/unreadable', 'a tool', { action: 'choose-model', values: { context: 'tool' } });
  return { type: 'finish', reason, usage: { ...told(usage), contextTokens: null, droppedMessages: 0 } };
}
