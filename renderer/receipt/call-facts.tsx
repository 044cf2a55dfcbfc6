import { Cloud, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldCall } from '../../contract/receipt-log.ts';
import { formatCost, formatMoney } from '../../locales/format-money.ts';
import { sayPolicy } from '../../locales/say-policy.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { durationOf, isHere } from './shown-calls.ts';

/** Names from outside are as long as somebody wanted them to be. */
const longestName = 80;

/** One call: who was asked, and all that was written down of it. */
export function CallFacts({ call }: { readonly call: ToldCall }): ReactNode {
  const { t } = useTranslation('receipt');
  const here = isHere(call);
  const Icon = call.place === 'outside' || call.place === null ? Cloud : Server;
  const took = durationOf(call);
  const told = [named(call.modelName), took === null ? '' : t('took', { seconds: (took / 1000).toFixed(1) })];
  return (
    <li className="receipt-call">
      {here ? <span className="dot" aria-hidden /> : <Icon size={14} strokeWidth={1.6} aria-hidden />}
      <div>
        <p className="receipt-call-head">
          <b>{here ? t('here') : named(call.label ?? call.host)}</b>
          <span className="numbers">{useCost(call)}</span>
        </p>
        <p className="dim">{told.filter((part) => part !== '').join(' · ')}</p>
        <dl>
          {useFacts(call).map(({ name, said, isCode }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{isCode ? <code>{said}</code> : said}</dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  );
}

/** What it cost: nothing here, and never nothing where that is not known. */
function useCost(call: ToldCall): string {
  const { t } = useTranslation('receipt');
  if (isHere(call)) return t('receipt.free', { ns: 'common' });
  if (call.cost !== null) return formatCost(call.cost);
  return call.place === 'outside' ? t('priceUnknown') : '–';
}

interface Fact {
  readonly name: string;
  readonly said: string;
  readonly isCode?: boolean;
}

function useFacts(call: ToldCall): readonly Fact[] {
  const { t, i18n } = useTranslation('receipt');
  const { state, host, cost, policy, beganAt, settledAt, error, words } = call;
  const here = isHere(call);
  const at = (time: number) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(time);
  const fact = (name: string, said: string, isCode = false): readonly Fact[] =>
    said === '' ? [] : [{ name: t(name), said, isCode }];
  const row = cost === null || cost.row === '' ? '' : t('rowOf', { row: cost.row.slice(0, 12), day: cost.on });
  const keeps = policy === null ? '' : sayPolicy(t, { policy, group: 'international' });
  return [
    // Who was asked and which model stand above; that it was for the answer goes without saying.
    ...fact('purpose', call.purpose === 'trial' ? t('trial') : ''),
    ...(here || call.label === null ? [] : fact('host', named(host))),
    ...(here ? [] : [...fact('sent', saySent(t, call)), ...fact('hash', call.sha256 ?? '', true)]),
    ...fact('words', words === null ? '' : t('wordsOf', { count: words })),
    ...fact('tokens', sayTokens(t, call)),
    ...(here ? [] : [...fact('price', sayPrice(t, call)), ...fact('row', row), ...fact('keeps', keeps)]),
    ...fact('state', state === 'arrived' ? '' : t(`state.${state}`, { ns: 'usage' })),
    ...fact('error', error ?? '', true),
    ...fact('began', beganAt === 0 ? '' : at(beganAt)),
    ...fact('ended', beganAt === 0 ? '' : settledAt === null ? t('notSeen') : at(settledAt)),
  ];
}

type Say = ReturnType<typeof useTranslation<'receipt'>>['t'];

function saySent(t: Say, { sentBytes, requests, hidden }: ToldCall): string {
  const places = hidden === 0 ? t('noPseudonyms') : t('pseudonyms', { count: hidden });
  if (sentBytes === null) return places;
  const times = requests === null || requests < 2 ? '' : t('requests', { count: requests });
  return `${t('bytes', { count: sentBytes })}${times} · ${places}`;
}

function sayTokens(t: Say, { promptTokens, cachedTokens, outputTokens, thinkingTokens }: ToldCall): string {
  const counted = { in: promptTokens, cached: cachedTokens, out: outputTokens, thinking: thinkingTokens } as const;
  return (['in', 'cached', 'out', 'thinking'] as const)
    .flatMap((name) => {
      const count = counted[name];
      return count === null ? [] : [t(name, { count })];
    })
    .join(' · ');
}

function sayPrice(t: Say, { cost, reserved, place }: ToldCall): string {
  if (cost !== null) return formatCost(cost);
  if (reserved !== null) return t('reserved', { amount: formatMoney(reserved.amount, reserved.currency) });
  return place === 'outside' ? t('priceUnknown') : '';
}

function named(name: string): string {
  const safe = showHiddenInLine(name);
  return safe.length > longestName ? `${safe.slice(0, longestName)}…` : safe;
}
