import process from 'node:process';
import { type ChatHistoryItem, JinjaTemplateChatWrapper } from 'node-llama-cpp';
import { endsWithParent } from './end-with-parent.ts';
import { mostRendered, stopsOf } from './limits.ts';
import type { TemplateAnswer, TemplateQuestion } from './questions.ts';

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

/** Renders chats with the template that the parent sends first, and tells it what came, or that too much did. */
export function answerTemplateQuestions(): void {
  const work = endsWithParent();
  let rendering: Rendering | null = null;
  process.on('message', (question: TemplateQuestion) => {
    if (question.type === 'open') {
      rendering = new Rendering(question.template);
      say({ type: 'ready' });
    } else if (rendering !== null) {
      const asked = rendering;
      say(work(() => (question.type === 'try' ? asked.try() : asked.render(question.chat))));
    }
  });
  process.on('disconnect', () => process.exit(0));
}

function say(answer: TemplateAnswer): void {
  process.send?.(answer);
}

class Rendering {
  readonly #template: string;
  #wrapper: JinjaTemplateChatWrapper | null = null;

  constructor(template: string) {
    this.#template = template;
  }

  /** A template that refuses a chat, as many do, passes: another one is used then. */
  try(): TemplateAnswer {
    return { type: samples().every((chat) => this.render(chat).type !== 'too-much') ? 'fits' : 'too-much' };
  }

  render(chat: readonly ChatHistoryItem[]): TemplateAnswer {
    try {
      this.#wrapper ??= new JinjaTemplateChatWrapper({ template: this.#template });
      const state = this.#wrapper.generateContextState({ chatHistory: [...chat] });
      const characters = chat.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
      if (state.contextText.toString().length > mostRendered(characters)) return { type: 'too-much' };
      return { type: 'rendered', text: state.contextText.toJSON(), stops: stopsOf(state) };
    } catch (error) {
      // Deeper than the stack, which ends a process where native code stands at its bottom, or longer than any text can be.
      return { type: /call stack|invalid (?:string|array) length/i.test(String(error)) ? 'too-much' : 'refused' };
    }
  }
}
