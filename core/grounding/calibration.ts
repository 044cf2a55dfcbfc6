import type { GroundedLanguage } from './ground.ts';
import { centred, cosine, meanOf } from './vectors.ts';

/** What a model gives for sentences of one language: scales differ so much that one threshold would not serve two models. */
export interface Calibration {
  /** What all sentences have in common for it; taken away before two are compared. */
  readonly centre: Float32Array;
  /** Cosine of two sentences that have nothing to do with each other, and of two that say the same; means. */
  readonly unrelated: number;
  readonly same: number;
  /** Whether it tells the two apart at all in this language. */
  readonly isFit: boolean;
}

/** Two sentences that say the same in other words, each about something else than the other pairs. */
export const calibrationPairs: Readonly<Record<GroundedLanguage, readonly (readonly [string, string])[]>> = {
  en: [
    ['The orchestra played to a full house.', 'Every seat was taken at the concert.'],
    ['Heavy snow blocked the mountain pass.', 'The road over the summit was shut by winter weather.'],
    ['Her landlord raised the rent.', 'The owner of the flat now wants more money from her.'],
    ['The patient is recovering quickly.', 'The sick man gets better day by day.'],
    ['The software is free for students.', 'People at university pay nothing for the program.'],
    ['He missed the train because he overslept.', 'Getting up too late made him lose his connection.'],
    ['Farmers expect a poor harvest.', 'Those who till the land think that little will grow this year.'],
    ['The judge dismissed the case.', 'The court threw the lawsuit out.'],
  ],
  'zh-CN': [
    ['音乐会座无虚席。', '演出现场没有空位。'],
    ['大雪封住了山口。', '冬天的天气让翻山的路走不通。'],
    ['房东提高了租金。', '房子的主人现在要收更多的钱。'],
    ['病人恢复得很快。', '患者的身体一天天好起来。'],
    ['学生可以免费使用这个软件。', '在校读书的人用这个程序不花钱。'],
    ['他因为睡过头错过了火车。', '起得太晚，他没赶上那趟车。'],
    ['农民估计今年收成不好。', '种地的人觉得粮食会减产。'],
    ['法官驳回了这起案件。', '法院没有受理那场官司。'],
  ],
};

/** Means of the two kinds have to lie apart by so many deviations of the unrelated ones. */
const apart = 2;

/** `vectors` are those of `calibrationPairs`, flattened. */
export function calibrate(vectors: readonly Float32Array[]): Calibration {
  const centre = meanOf(vectors);
  const moved = vectors.map((vector) => centred(vector, centre));
  const same: number[] = [];
  const unrelated: number[] = [];
  for (const [one, first] of moved.entries())
    for (const [other, second] of moved.entries())
      if (one < other) (one % 2 === 0 && other === one + 1 ? same : unrelated).push(cosine(first, second));
  const means = { same: average(same), unrelated: average(unrelated) };
  const deviation = Math.sqrt(average(unrelated.map((value) => (value - means.unrelated) ** 2)));
  return { centre, ...means, isFit: means.same - means.unrelated > apart * deviation };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
