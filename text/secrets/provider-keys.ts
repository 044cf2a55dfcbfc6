import type { Place } from './anchored.ts';

/** How keys begin and go on, as those who give them out document it. Everything after the beginning is one run of characters. */
interface KeyShape {
  readonly begins: string;
  readonly goesOn: string;
}

/** Letters, digits, underscores and hyphens: what most keys are made of. */
const usual = '[A-Za-z0-9_-]';
const letters = '[A-Za-z0-9]';

const shapes: readonly KeyShape[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek, Moonshot, Qwen, SiliconFlow, StepFun and others share `sk-`.
  { begins: 'sk-', goesOn: `${usual}{20,200}` },
  { begins: 'AIza', goesOn: `${usual}{35}` },
  { begins: 'AQ\\.', goesOn: `${usual}{30,80}` },
  { begins: 'gsk_', goesOn: `${letters}{40,60}` },
  { begins: 'xai-', goesOn: `${letters}{60,100}` },
  { begins: 'hf_', goesOn: `${letters}{30,40}` },
  { begins: 'r8_', goesOn: `${letters}{30,45}` },
  { begins: 'pplx-', goesOn: `${letters}{40,60}` },
  { begins: 'nvapi-', goesOn: `${usual}{50,90}` },
  { begins: 'gh[pousr]_', goesOn: `${letters}{36,255}` },
  { begins: 'github_pat_', goesOn: '[A-Za-z0-9_]{60,100}' },
  { begins: 'gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|imt)-', goesOn: '[A-Za-z0-9_.-]{20,80}' },
  { begins: 'xox[abeoprs]-', goesOn: '[A-Za-z0-9-]{10,200}' },
  { begins: 'xapp-', goesOn: '[A-Za-z0-9-]{20,200}' },
  { begins: '[rsp]k_(?:live|test)_', goesOn: `${letters}{16,120}` },
  { begins: 'whsec_', goesOn: '[A-Za-z0-9+/=]{20,80}' },
  { begins: '(?:AKIA|ASIA|ABIA|ACCA)', goesOn: '[A-Z2-7]{16}' },
  { begins: 'LTAI', goesOn: `${letters}{12,26}` },
  { begins: 'AKID', goesOn: `${letters}{28,40}` },
  { begins: 'AKLT', goesOn: `${letters}{30,60}` },
  { begins: 'npm_', goesOn: `${letters}{36}` },
  { begins: 'pypi-', goesOn: `${usual}{50,300}` },
  { begins: 'SG\\.', goesOn: '[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{30,60}' },
  { begins: 'dop_v1_', goesOn: '[a-f0-9]{64}' },
  { begins: 'do[or]_v1_', goesOn: '[a-f0-9]{64}' },
  { begins: 'shp(?:at|ca|pa|ss)_', goesOn: '[a-fA-F0-9]{32}' },
  { begins: 'sq0(?:atp|csp|idp)-', goesOn: `${usual}{22,50}` },
  { begins: 'key-', goesOn: '[a-f0-9]{32}' },
  { begins: 'dckr_pat_', goesOn: `${usual}{27,40}` },
  { begins: 'glsa_', goesOn: '[A-Za-z0-9_]{36,60}' },
  { begins: 'ntn_', goesOn: `${letters}{40,50}` },
  { begins: 'secret_', goesOn: `${letters}{40,50}` },
  { begins: 'lin_api_', goesOn: `${letters}{36,50}` },
  { begins: 'EAA', goesOn: `${letters}{80,300}` },
  { begins: 'ya29\\.', goesOn: `${usual}{40,300}` },
  { begins: 'tskey-[a-z]+-', goesOn: `${usual}{20,80}` },
  { begins: 'hvs\\.', goesOn: `${usual}{24,200}` },
  { begins: 'PMAK-', goesOn: '[a-f0-9]{24}-[a-f0-9]{34}' },
  { begins: 'figd_', goesOn: `${usual}{30,60}` },
  // Baidu, Volcengine, and Zhipu, whose id has no beginning of its own.
  { begins: 'bce-v3/ALTAK-', goesOn: `${letters}{16,30}/[a-f0-9]{40}` },
  { begins: 'ark-', goesOn: '[a-f0-9]{8}-[a-f0-9-]{20,40}' },
  { begins: '[a-f0-9]{32}\\.', goesOn: `(?=[A-Za-z]*\\d)(?=[a-z0-9]*[A-Z])${letters}{16}` },
  { begins: 'ATBB', goesOn: `${letters}{28,40}` },
  { begins: 'AT(?:ATT|CTT)3', goesOn: '[A-Za-z0-9_=-]{60,250}' },
  { begins: 'rubygems_', goesOn: '[a-f0-9]{48}' },
  { begins: 'GOCSPX-', goesOn: `${usual}{24,40}` },
  { begins: 'sntry[su]_', goesOn: '[A-Za-z0-9+/=_-]{40,250}' },
  { begins: 'glc_', goesOn: '[A-Za-z0-9+/=]{40,250}' },
  { begins: 'EAAA', goesOn: `${usual}{56,80}` },
  { begins: 'SK', goesOn: '[a-f0-9]{32}' },
  { begins: 'dapi', goesOn: '[a-f0-9]{32}' },
  { begins: 'tvly-', goesOn: `${usual}{24,60}` },
  { begins: 'csk-', goesOn: `${letters}{40,60}` },
  { begins: 'fw_', goesOn: `(?=[A-Za-z]*\\d)${letters}{20,40}` },
  { begins: 'tgp_v1_', goesOn: `${usual}{40,60}` },
  { begins: 'jina_', goesOn: `${usual}{40,80}` },
  { begins: 'pcsk_', goesOn: `${usual}{40,90}` },
  { begins: 'sbp_', goesOn: '[a-f0-9]{40}' },
  { begins: 're_', goesOn: `[A-Za-z0-9]{8}_${letters}{20,30}` },
  { begins: 'phx_', goesOn: `${letters}{40,60}` },
  { begins: 'nfp_', goesOn: `${letters}{36,50}` },
  { begins: 'AGE-SECRET-KEY-1', goesOn: '[A-Z0-9]{50,64}' },
];

/** Keys by how they begin. What stands right before one is no part of a word. */
export const providerKey = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${shapes.map(({ begins, goesOn }) => `${begins}${goesOn}`).join('|')})(?![A-Za-z0-9])`,
  'g',
);

/** Ids of keys of clouds, each of which has a secret that begins like nothing. */
const id =
  /(?<![A-Za-z0-9_-])(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}|LTAI[A-Za-z0-9]{12,26}|AK(?:ID|LT)[A-Za-z0-9]{28,60})(?![A-Za-z0-9])/g;
const secretOf = /(?<![\w+/=-])[A-Za-z0-9+/]{28,64}={0,2}(?![\w+/=-])/g;

/** The secrets that stand within the same line behind the id of their key. */
export function* findPairs(text: string): Generator<Place> {
  for (const match of text.matchAll(id)) {
    const from = match.index + match[0].length;
    const behind = text
      .slice(from, from + 160)
      .split('\n', 2)
      .join('\n');
    for (const { 0: secret, index } of behind.matchAll(secretOf))
      if (
        (/[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d/.test(secret)) ||
        /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/.test(secret)
      ) {
        yield { start: from + index, end: from + index + secret.length };
        break;
      }
  }
}
