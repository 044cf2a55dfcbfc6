import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPassages } from '../../../core/answers/find-passages.ts';
import { nameOfLocator } from '../../../core/prompts/name-locator.ts';
import { corpus } from '../../support/document-reader.ts';
import { readParts } from '../../support/read-parts.ts';

const asked: readonly (readonly [string, 'en' | 'zh-CN', string, string])[] = [
  ['handbook-en.docx', 'en', 'How long is the rope on the north pier?', 'Supplies'],
  ['handbook-en.odt', 'en', 'How many boats came to the north in the second quarter?', 'The watch > Duties'],
  ['handbook-en.rtf', 'en', 'In which box lies the spare lens?', 'The watch > At night'],
  ['handbook-zh.docx', 'zh-CN', '备用透镜放在哪里？', '值守 > 夜间'],
  ['handbook-zh.odt', 'zh-CN', '泊位的费用是多少？', '值守 > 职责'],
  ['stock-en.xlsx', 'en', 'What is the price of the brass key?', 'Stock!A1:G7'],
  ['stock-zh.ods', 'zh-CN', '铜钥匙的单价是多少？', '库存!A1:G7'],
  ['review-en.pptx', 'en', 'When is the next meeting?', 'slide 5'],
  ['review-zh.odp', 'zh-CN', '谁有梯子？', '第 2 张幻灯片'],
  ['review-en.ppt', 'en', 'What shall not be mentioned?', 'slide 1'],
];

describe('a question about an office document', () => {
  it.each(asked)('finds the passage that answers it, and its place: %s', async (name, language, question, place) => {
    const { text, positions } = await readParts(join(corpus, 'office', name));
    const passages = await findPassages([{ text, name, positions }], question, 400, language);
    expect((passages ?? []).map(({ locator }) => nameOfLocator(locator, language))).toContain(place);
  });
});
