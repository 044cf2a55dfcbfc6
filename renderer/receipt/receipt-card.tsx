import { Check, CircleDashed, Cloud, Copy, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../contract/receipt.ts';
import type { AnswerReceipt, ToldCall } from '../../contract/receipt-log.ts';
import { sumCosts } from '../../locales/format-money.ts';
import { sayReason } from '../../locales/say-rule.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { useCopy } from '../answer/use-copy.ts';
import { PseudonymItem } from '../sending/pseudonym-item.tsx';
import { LogCheck } from '../window/usage/log-check.tsx';
import { CallFacts } from './call-facts.tsx';
import { asJson, durationOf, isHere, shownCalls } from './shown-calls.ts';
import { useAnswerReceipt } from './use-answer-receipt.ts';

export interface ReceiptCardProps {
  readonly id: string;
  readonly answerId: string;
  readonly receipt: Receipt;
  readonly onClose: () => void;
}

/** The receipt of one answer: a card under its line in the overlay, a drawer at the edge in the window. */
export function ReceiptCard({ id, answerId, receipt, onClose }: ReceiptCardProps): ReactNode {
  const { t } = useTranslation('receipt');
  const element = useRef<HTMLElement>(null);
  const read = useAnswerReceipt(answerId);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
  }, []);
  // What is there by then is what can be brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is read
  useEffect(() => element.current?.scrollIntoView({ block: 'start' }), [read === null]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <section className="receipt-card" id={id} ref={element} tabIndex={-1} aria-label={t('title')} onKeyDown={onKeyDown}>
      <header>
        <h2>{t('title')}</h2>
        <button type="button" className="icon-button" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <X size={16} strokeWidth={1.6} aria-hidden />
        </button>
        {read !== null && read !== 'failed' && <Summary calls={shownCalls(receipt, read)} />}
      </header>
      {read === 'failed' && <p role="status">{t('failed')}</p>}
      {read !== null && read !== 'failed' && <Told answerId={answerId} receipt={receipt} read={read} />}
    </section>
  );
}

function Summary({ calls }: { readonly calls: readonly ToldCall[] }): ReactNode {
  const { t, i18n } = useTranslation('receipt');
  const began = calls[0]?.beganAt ?? 0;
  const took = calls.map(durationOf).filter((ms) => ms !== null);
  const costs = sumCosts(calls.map(({ cost }) => cost ?? undefined));
  const seconds = (took.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1);
  const parts = [
    ...(began === 0
      ? []
      : [new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(began)]),
    t('calls', { count: calls.length }),
    ...(took.length === 0 ? [] : [t('took', { seconds })]),
    ...costs,
  ];
  return <p className="receipt-summary dim numbers">{parts.join(' · ')}</p>;
}

interface ToldProps {
  readonly answerId: string;
  readonly receipt: Receipt;
  readonly read: AnswerReceipt;
}

function Told({ answerId, receipt, read }: ToldProps): ReactNode {
  const { t } = useTranslation('receipt');
  const { copied, copy } = useCopy();
  const calls = shownCalls(receipt, read);
  const Icon = copied ? Check : Copy;
  return (
    <>
      <ol>
        {calls.map((call) => (
          <CallFacts key={call.id} call={call} />
        ))}
      </ol>
      <WhoSaw calls={calls} />
      <WhichIsWhich calls={calls} pseudonyms={read.pseudonyms} />
      <div className="receipt-section">
        <h3>{t('why')}</h3>
        <p>{receipt.reason === undefined ? t('whyUnknown') : sayReason(t, receipt.reason)}</p>
        {read.calls.length === 0 && <p className="dim">{t('onlySummed')}</p>}
      </div>
      <footer>
        <LogCheck />
        <button type="button" className="button" onClick={() => copy(asJson(answerId, receipt, read))}>
          <Icon size={14} strokeWidth={1.6} aria-hidden />
          {t('copy')}
        </button>
        <span className="hidden-live" role="status">
          {copied ? t('copied') : ''}
        </span>
      </footer>
    </>
  );
}

/** A row for everybody who got something, and one for nobody else. */
function WhoSaw({ calls }: { readonly calls: readonly ToldCall[] }): ReactNode {
  const { t } = useTranslation('receipt');
  const left = calls.filter((call) => !isHere(call));
  const saw = new Map<string, boolean>();
  for (const { label, host, hidden } of left) {
    const name = showHiddenInLine(label ?? host);
    saw.set(name, (saw.get(name) ?? false) || hidden > 0);
  }
  return (
    <div className="receipt-section">
      <h3>{t('who')}</h3>
      <dl className="receipt-who">
        <div>
          <dt>
            <span className="dot" aria-hidden />
            {t('here')}
          </dt>
          <dd>{t('sawAll')}</dd>
        </div>
        {[...saw].map(([name, hidden]) => (
          <div key={name}>
            <dt>
              <Cloud size={14} strokeWidth={1.6} aria-hidden />
              {name}
            </dt>
            <dd>{t(hidden ? 'sawHidden' : 'sawText')}</dd>
          </div>
        ))}
        <div className="dim">
          <dt>
            <CircleDashed size={14} strokeWidth={1.6} aria-hidden />
            {t('anybody')}
          </dt>
          <dd>{t('nothing')}</dd>
        </div>
      </dl>
    </div>
  );
}

/** What pseudonyms stood for is known here alone, and while Beckon runs. */
function WhichIsWhich({
  calls,
  pseudonyms,
}: { calls: readonly ToldCall[] } & Pick<AnswerReceipt, 'pseudonyms'>): ReactNode {
  const { t } = useTranslation('receipt');
  if (calls.every(({ hidden }) => hidden === 0)) return null;
  return (
    <div className="receipt-section">
      <h3>{t('whichIsWhich')}</h3>
      {pseudonyms.length === 0 ? (
        <p className="dim">{t('forgotten')}</p>
      ) : (
        <ul className="sending-hidden">
          {pseudonyms.map(({ pseudonym, secret }) => (
            <PseudonymItem key={pseudonym} pseudonym={pseudonym} secret={secret} />
          ))}
        </ul>
      )}
    </div>
  );
}
