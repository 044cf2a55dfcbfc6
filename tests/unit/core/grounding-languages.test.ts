import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import type { Grounding } from '../../../contract/grounding.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { groundAnswer } from '../../../core/grounding/answer-grounding.ts';
import { IndexCache } from '../../../core/grounding/index-cache.ts';
import { SentenceMeanings } from '../../../core/grounding/sentence-meanings.ts';

const english =
  'The harbour office opens at nine on weekdays and at ten on Saturdays. A return ticket costs 84 kronor for adults, and half of that for children under twelve.';
const chinese =
  '港务所工作日九点开门，周六十点开门。成人往返票八十四克朗，十二岁以下儿童半价。夜间渡轮从十一月三日起停开，船员改派到白天的船上工作。请提前十分钟到达二号码头，并出示车票。';

const noEmbeddings = {
  embed: () => Promise.reject(new Error('none')),
};

function ground(text: string, answer: string): Promise<Grounding> {
  const messages = [
    { id: 'q', role: 'user', text: '?', action: null },
    { id: 'a', role: 'assistant', text: answer, action: null },
  ] as unknown as readonly Message[];
  const attachment = { kind: 'file', title: 'ferry.pdf', text, positions: null } as unknown as Attachment;
  return groundAnswer('a', false, {
    indexes: new IndexCache(),
    meanings: new SentenceMeanings({ findModel: () => null, embeddings: noEmbeddings, log: { write: () => {} } }),
    conversationOf: () => ({ id: 'c', messages }) as unknown as Conversation,
    attachmentsOf: () => new Map([['q', [attachment]]]),
  });
}

const nearestOf = (grounding: Grounding) =>
  grounding.status === 'looked-up' ? grounding.sentences.map(({ nearest }) => nearest?.text ?? null) : grounding.status;

describe('an answer about a text in two languages', () => {
  it.each([
    ['English, mostly Chinese', `${chinese}\n\n${english}`, 'A return ticket costs 84 kronor.', /84 kronor for adults/],
    [
      'Chinese, mostly English',
      `${english.repeat(4)}\n\n${chinese}`,
      '成人往返票是八十四克朗。',
      /成人往返票八十四克朗/,
    ],
  ])('is looked up among the sentences of its own: %s', async (_, text, answer, sentence) => {
    const found = nearestOf(await ground(text, answer));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  it('is not, where one of its sentences may come out of the other language', async () => {
    const answer = 'A return ticket costs 84 kronor. The crew works on day boats now.';
    expect(nearestOf(await ground(`${chinese}\n\n${english}`, answer))).toBe('other-language');
  });

  it.each([
    ['names alone', `${chinese} Helena Brandt, Torsten AB, 84 SEK。`],
    ['nothing', chinese],
  ])('is not, where %s stands there in its own', async (_, text) => {
    expect(nearestOf(await ground(text, 'Helena Brandt pays 84 SEK.'))).toBe('other-language');
  });

  it.each([
    ['a figure', '4', /买四盏新灯/],
    ['a figure with its sign', '84 %', /84 %/],
    ['a name', 'Helena Brandt', /Helena Brandt/],
  ])('is looked up in the language of the text where it is no more than %s', async (_, answer, sentence) => {
    const text = '把塔刷成白色。买四盏新灯。票价上涨 84 %。信由 Helena Brandt 写成。';
    expect(nearestOf(await ground(text, answer))).toEqual([expect.stringMatching(sentence)]);
  });

  it('in one language is looked up as before', async () => {
    expect(nearestOf(await ground(english, 'Tickets cost 84 kronor.'))).toHaveLength(1);
    expect(nearestOf(await ground(english, '成人往返票是八十四克朗。'))).toBe('other-language');
  });
});
