import type { Cause } from './causes.ts';

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });

const forNow = 'server/no-balance for-now';
const loading = 'server/busy loading';
const another = 'choose-model';

/** What an account may not do, told with a status that says that the question is at fault. */
const rights: readonly Cause[] = [
  'This organization is not authorized to access model m.',
  'Your project has not been granted the use of m.',
  'The model m is not enabled for your workspace.',
  'You are not allowed to use m.',
  'Insufficient permissions for model m.',
  'This model requires the inference.run permission.',
  'Model m is gated.',
].flatMap((says): readonly Cause[] => [
  [`rights: ${says}`, 400, error(says), 'server/not-allowed', another],
  [`rights: ${says}`, 404, error(says), 'server/not-allowed', another],
  [`rights: ${says}`, 200, error(says), 'server/not-allowed', another],
]);

/** Names what was told as something else once: limits of a day as a short wait, what cost nothing as no credit. */
export const finerCauses: readonly Cause[] = [
  [
    'a limit of its own, Anthropic',
    400,
    error('You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.'),
    forNow,
    another,
  ],
  ['a usage limit until a time', 429, error('Usage limit hit; access resets at noon.'), forNow, another],
  ['a model on its way, llama.cpp', 503, error('Loading model', { type: 'unavailable_error' }), loading, 'try-again'],
  ['a model on its way, Hugging Face', 503, error('Model a/b is currently loading'), loading, 'try-again'],
  ['a model on its way with 200', 200, error('Model is still loading'), loading, 'try-again'],
  ['a model on its way, in Chinese', 503, error('模型正在加载中'), loading, 'try-again'],
  ['a model that failed on its way', 500, error('error loading model: bad file'), 'server/model-not-loaded', another],
  [
    'words that were flagged, which cost nothing, OpenRouter',
    403,
    error('It was flagged for "violence". No credits were charged.', { metadata: { reasons: ['violence'] } }),
    'server/refused-content',
    another,
  ],
  [
    'fields that say it was flagged',
    403,
    error('No.', { metadata: { flagged_input: 'x' } }),
    'server/refused-content',
    another,
  ],
  ['what cost nothing', 500, error('It broke. No credits were charged.'), 'server/failed', 'try-again'],
  ['a day in a code, Baidu', 200, { error_code: 17, error_msg: '?' }, forNow, another],
  ['a day in words', 200, { error_code: 4, error_msg: 'Open api daily request limit reached' }, forNow, another],
  [
    'an allowance of a day, Cloudflare',
    429,
    { errors: [{ code: 4006, message: 'you have used up your daily free allocation, please upgrade your plan' }] },
    forNow,
    another,
  ],
  [
    'a day in a name, OpenRouter',
    429,
    error('Rate limit exceeded: free-models-per-day. Add 10 credits'),
    forNow,
    another,
  ],
  [
    'a day with its time, Groq',
    429,
    error('Limit on tokens per day (TPD): Limit 100, Used 99. Please retry in 12m57.6s.'),
    `${forNow}-wait`,
    another,
  ],
  [
    'a day in the name of a limit, Gemini',
    429,
    [error('Quota.', { details: [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProject-FreeTier' }] }] })],
    forNow,
    another,
  ],
  ['a day in Chinese', 429, error('今日调用次数已达上限'), forNow, another],
  [
    'a capacity, Groq',
    498,
    error('Flex tier capacity exceeded', { code: 'capacity_exceeded' }),
    'server/busy',
    'try-again',
  ],
  ['a capacity in words', 498, error('The capacity is exceeded'), 'server/busy', 'try-again'],
  [
    'an event as a body',
    429,
    'data: {"error": {"message": "throttled", "code": "429"}}\n\n',
    'server/busy',
    'try-again',
  ],
  [
    'a template without a system message, llama.cpp',
    500,
    error('Only user and assistant roles are supported! at row 1, column 58'),
    'server/failed template',
    another,
  ],
  ...rights,
  ['rights in a code', 400, error('No.', { code: 'PERMISSION_DENIED' }), 'server/not-allowed', another],
  [
    'a key whose rights are missing',
    400,
    error('The API key is not valid.', { status: 'PERMISSION_DENIED' }),
    'server/key-wanted',
    'open-models',
  ],
];
