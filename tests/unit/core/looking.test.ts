import { describe, expect, it } from 'vitest';
import type { UsedAction } from '../../../contract/atom.ts';
import type { Message } from '../../../contract/conversation.ts';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import { toErrorShape } from '../../../contract/errors.ts';
import { type Looked, lookAt } from '../../../core/answers/looking.ts';
import { Drafts } from '../../../core/drafts.ts';
import type { LanguageModel } from '../../../models/language-model.ts';
import { serverCapabilities } from '../../../models/openai-compatible/server-capabilities.ts';

const answerId = 'draft-m-1';
const text = 'b\na\nb';
const base = { conversationId: 'c', thinking: '', error: null, receipt: null, canGoOn: false, createdAt: 0 } as const;

function looked(action: UsedAction | null): Looked {
  const question: Message = {
    ...base,
    id: 'm-1',
    role: 'user',
    text: 'Why?',
    state: 'complete',
    attachments: [],
    action,
  };
  const answer: Message = {
    ...base,
    id: answerId,
    role: 'assistant',
    text: '',
    state: 'growing',
    attachments: [],
    action: null,
  };
  const place = { targetId: null, editable: false, needsFocus: false, positions: null, application: null, title: null };
  const attachments = new Map(action === null ? [] : [['m-1', [{ kind: 'selection', text, ...place } as const]]]);
  const draft = { key: 'c', messages: [question, answer], attachments };
  return { draft, answerId, questionId: 'm-1', wanted: { modelId: null, here: false }, written: null };
}

function chain(steps: UsedAction['steps']): UsedAction {
  const name = { en: 'Chain', 'zh-CN': '步骤' };
  const rest = { instruction: '', output: 'show', diff: false, sampling: null, maxTokens: null } as const;
  return { id: 'chain', name, ...rest, ...(steps === undefined ? {} : { steps }) };
}

/** A model of a server that tells what it would be asked, as the gate lets it. */
function server(onPrepared: (input: GenerateInput) => void, end: ModelPart = { type: 'aborted' }): LanguageModel {
  return {
    identity: { id: 'server:s-1:m', name: 'm', where: 'server', host: 'nas.lan' },
    capabilities: serverCapabilities,
    async *generate(input) {
      if (end.type === 'aborted') onPrepared(input);
      yield end;
    },
    async *generateEach(inputs) {
      for (const [index, input] of inputs.entries()) {
        onPrepared(input);
        yield { index, part: end };
      }
    },
    prefill: async () => {},
    warm: async () => {},
  };
}

async function look(action: UsedAction | null, end?: ModelPart, where: 'device' | 'server' = 'server') {
  const drafts = new Drafts();
  const seen = await lookAt<GenerateInput>(looked(action), {
    drafts,
    plainOf: (markdown) => markdown,
    chooseModel: async (_wanted, id, onPrepared) => {
      expect(drafts.find(id)?.key).toBe('c');
      const model = server(onPrepared, end);
      return { model: { ...model, identity: { ...model.identity, where } }, sampling: { temperature: 0 } };
    },
  });
  return { seen, isForgotten: drafts.find(answerId) === null };
}

describe('looking at what would be sent', () => {
  it('tells the prompt of a question, and keeps nothing of it', async () => {
    const { seen, isForgotten } = await look(null);
    expect(seen.status === 'leaves' && seen.prepared.messages.at(-1)?.text).toBe('Why?');
    expect(isForgotten).toBe(true);
  });

  // The steps before it change what is sent.
  it('tells the first prompt of a chain, as the steps before have made its text', async () => {
    const steps: NonNullable<UsedAction['steps']> = [
      { do: 'split', at: 'lines' },
      { do: 'unique' },
      { do: 'sort', by: 'text' },
      { do: 'join', with: '\n' },
      { do: 'prompt', prompt: { en: 'Name it.', 'zh-CN': '起名。' } },
      { do: 'prompt', prompt: { en: 'Again.', 'zh-CN': '再来。' } },
    ];
    const { seen } = await look(chain(steps));
    if (seen.status !== 'leaves') throw new Error('nothing would leave');
    expect(seen.prepared.messages.at(-1)?.text).toContain('a\nb');
    expect(seen.prepared.messages.at(-1)?.text).not.toContain('b\na\nb');
    expect(seen.goesOn).toBe(true);
  });

  it('says that nothing leaves of what needs no model, and of what this machine answers', async () => {
    const plain: NonNullable<UsedAction['steps']> = [
      { do: 'split', at: 'lines' },
      { do: 'sort', by: 'text' },
    ];
    expect((await look(chain(plain))).seen.status).toBe('stays');
    expect((await look(null, undefined, 'device')).seen.status).toBe('stays');
  });

  it('throws what would keep it from being sent', async () => {
    const error = { code: 'rules/never-leaves', message: '', values: { host: 'nas.lan' } } as const;
    await expect(
      look(null, { type: 'failure', error }).catch((thrown) => Promise.reject(toErrorShape(thrown))),
    ).rejects.toMatchObject({
      code: 'rules/never-leaves',
    });
  });
});
