/** What is typed and answered while pictures of the states are taken, in one language. */
export interface StateWords {
  readonly language: 'en' | 'zh-CN';
  /** Selected in an editor, with faults, and without them. */
  readonly wrong: string;
  readonly right: string;
  /** The beginnings of actions' names. */
  readonly correct: string;
  readonly summarise: string;
  readonly notice: string;
  readonly summary: string;
  readonly question: string;
  readonly answer: string;
  readonly followUp: string;
  readonly second: string;
  readonly long: string;
  readonly rightToLeft: string;
  readonly titles: readonly string[];
}

const maths = (words: {
  readonly intro: string;
  readonly head: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly quote: string;
}): string =>
  [
    words.intro,
    '',
    '$$T(n) = 2\\,T\\!\\left(\\frac{n}{2}\\right) + \\Theta(n)$$',
    '',
    `## ${words.head}`,
    '',
    `| ${words.columns.join(' | ')} |`,
    `|${words.columns.map(() => '---').join('|')}|`,
    ...words.rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `> ${words.quote}`,
    '',
    '```python',
    'def quicksort(xs):',
    '    if len(xs) < 2: return xs',
    '    pivot, *rest = xs  # first element',
    '```',
  ].join('\n');

export const english: StateWords = {
  language: 'en',
  wrong: 'The board meet on Tuesday and aproved the budget. Anna will sends the minutes.',
  right: 'The board met on Tuesday and approved the budget. Anna will send the minutes.',
  correct: 'corr',
  summarise: 'summ',
  notice:
    'The ferry line ends its night service on 3 November. Passenger numbers fell from 41,200 in 2029 to 28,600 last year, while fuel costs rose by a third. Day crossings continue four times a week, at 08:30 and 15:00. Tickets already sold are changed free of charge until 31 December.',
  summary:
    'The ferry line ends its night service on 3 November. Fares rise by 5 % in January. Day crossings continue four times a week. Tickets already sold are changed free of charge.',
  question: 'Explain quicksort with the formula and a table.',
  answer: maths({
    intro:
      'Quicksort is a **divide and conquer** sort. Its mean cost is $O(n \\log n)$, in the worst case $O(n^2)$ ([details](https://example.com/sort)):',
    head: 'Compared',
    columns: ['Sort', 'Mean', 'Worst', 'Stable', '1 M numbers'],
    rows: [
      ['Quicksort', '$O(n \\log n)$', '$O(n^2)$', 'no', '84 ms'],
      ['Merge sort', '$O(n \\log n)$', '$O(n \\log n)$', 'yes', '102 ms'],
      ['Insertion sort', '$O(n^2)$', '$O(n^2)$', 'yes', '4 min'],
    ],
    quote: 'Use what the standard library has, unless you learn.',
  }),
  followUp: 'And which of these is stable?',
  second: 'Merge sort and insertion sort are stable: equal items keep their order.\n\n1. Merge sort\n2. Insertion sort',
  long: 'Night ferries began at the end of the nineteenth century, first for mail and freight. Passengers boarded in the evening and arrived in the morning, which saved a night in a hotel. ',
  rightToLeft: 'Hello in Arabic:\n\nمرحبا بالعالم، هذه جملة قصيرة عن العبارات الليلية.\n\nThat was all.',
  titles: [
    'Release notes, house style',
    'Regex for Swiss phone numbers',
    'Minutes to actions',
    'Budget 2030, three scenarios',
  ],
};

export const chinese: StateWords = {
  language: 'zh-CN',
  wrong: '今天的会议在下午三点开使，请大家按时参加，不要迟道。',
  right: '今天的会议在下午三点开始，请大家按时参加，不要迟到。',
  correct: 'jz',
  summarise: 'zj',
  notice:
    '渡轮公司从 11 月 3 日起停开夜班。乘客从 2029 年的 41,200 人降到去年的 28,600 人，燃油费涨了三分之一。白天的班次照旧，每周四班，分别在 8:30 和 15:00。已售出的票在 12 月 31 日之前可以免费改签。',
  summary: '渡轮公司从 11 月 3 日起停开夜班。票价一月起上涨 5 %。白天的班次照旧，每周四班。已售出的票可以免费改签。',
  question: '用公式和表格解释快速排序。',
  answer: maths({
    intro:
      '快速排序是一种**分治**排序。平均代价是 $O(n \\log n)$，最坏是 $O(n^2)$（[详情](https://example.com/sort)）：',
    head: '比较',
    columns: ['排序', '平均', '最坏', '稳定', '一百万个数'],
    rows: [
      ['快速排序', '$O(n \\log n)$', '$O(n^2)$', '否', '84 毫秒'],
      ['归并排序', '$O(n \\log n)$', '$O(n \\log n)$', '是', '102 毫秒'],
      ['插入排序', '$O(n^2)$', '$O(n^2)$', '是', '4 分钟'],
    ],
    quote: '除非是为了学习，请用标准库里的。',
  }),
  followUp: '其中哪些是稳定的？',
  second: '归并排序和插入排序是稳定的：相等的元素保持原来的先后……\n\n1. 归并排序\n2. 插入排序',
  long: '夜航渡轮在十九世纪末出现，最初运送邮件和牲畜。乘客在船上过夜，清晨到港，省下一晚旅店钱。',
  rightToLeft: '阿拉伯语的问候：\n\nمرحبا بالعالم، هذه جملة قصيرة عن العبارات الليلية.\n\n就这些。',
  titles: ['发布说明的写法', '瑞士电话号码的正则', '会议记录变待办', '2030 年预算三种方案'],
};
