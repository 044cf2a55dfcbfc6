import process from 'node:process';
import { type ChatHistoryItem, JinjaTemplateChatWrapper } from 'node-llama-cpp';
import type { TemplateVerdict } from './check-template.ts';
import { mostRendered } from './limits.ts';

const sentence = 'The ferry leaves the harbour at nine in the morning; 码头的船上午九点开。\n';

/** Chats of the kinds that are asked: with and without a system message, short and long, and one to go on with. */
function samples(): readonly (readonly ChatHistoryItem[])[] {
  const user = (times: number): ChatHistoryItem => ({ type: 'user', text: sentence.repeat(times) });
  const model = (text: string): ChatHistoryItem => ({ type: 'model', response: text === '' ? [] : [text] });
  const system: ChatHistoryItem = { type: 'system', text: sentence };
  const turns = Array.from({ length: 8 }, () => [user(8), model(sentence.repeat(4))]).flat();
  return [
    [user(1), model('')],
    [system, user(20), model('')],
    [system, ...turns, user(1), model('')],
    [user(1), model(sentence)],
  ];
}

/** Renders sample chats with the template that the parent sends, and tells it whether what came fits. */
export function answerTemplateChecks(): void {
  process.once('message', ({ template }: { readonly template: string }) => {
    say({ type: 'ready' });
    say({ type: samples().every((chat) => fits(template, chat)) ? 'fits' : 'too-much' });
  });
  process.on('disconnect', () => process.exit(0));
}

function say(verdict: TemplateVerdict): void {
  process.send?.(verdict);
}

function fits(template: string, chat: readonly ChatHistoryItem[]): boolean {
  const characters = chat.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
  return render(template, chat) <= mostRendered(characters);
}

/**
 * How many characters came; 0 for a template that refuses such a chat, as many do: another one is used then. Without end for
 * one that goes deeper than the stack: where native code stands at its bottom it ends the process.
 */
function render(template: string, chatHistory: readonly ChatHistoryItem[]): number {
  try {
    const wrapper = new JinjaTemplateChatWrapper({ template });
    return wrapper.generateContextState({ chatHistory: [...chatHistory] }).contextText.toString().length;
  } catch (error) {
    return /call stack/i.test(String(error)) ? Number.POSITIVE_INFINITY : 0;
  }
}
