import { CircleAlert, Cloud, Server, Signpost, Wallet } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Leaving, LookedMessage } from '../../contract/look.ts';
import { sayReason } from '../../locales/say-rule.ts';
import { showHidden, showHiddenInLine } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { PseudonymItem } from './pseudonym-item.tsx';
import { sayExpected, sayKept } from './say-leaving.ts';
import type { Sheet } from './use-sheet.ts';

/** What would be sent, before anything is: the very text, to whom, who may keep it, and what it may cost. */
export function SendingSheet({ sheet }: { readonly sheet: Sheet }): ReactNode {
  const { t } = useTranslation('sending');
  const { look } = sheet;
  if (look.status === 'leaves') return <LeavingSheet leaving={look} follows={sheet.here === null} />;
  const why = look.reason === null ? '' : sayReason(t, look.reason);
  return (
    <div className="sending">
      <p className="sending-stays">
        <span className="dot" aria-hidden />
        {t('stays', { name: look.modelName === '' ? t('noModel') : showHiddenInLine(look.modelName) })}
      </p>
      {why !== '' && <p className="small dim">{why}</p>}
    </div>
  );
}

interface LeavingSheetProps {
  readonly leaving: Leaving;
  /** Whether this is a later prompt of an answer that is being made. */
  readonly follows: boolean;
}

function LeavingSheet({ leaving, follows }: LeavingSheetProps): ReactNode {
  const { t } = useTranslation('sending');
  const [isRaw, setIsRaw] = useState(false);
  const hidden = distinct(leaving.messages.flatMap((message) => message.hidden));
  return (
    <div className="sending">
      <span className="hidden-live" role="status">
        {t('window.title', { name: showHiddenInLine(leaving.label) })}
      </span>
      <div className="sending-head">
        <span className="small dim">
          {[...(follows ? [t('follows')] : []), t(isRaw ? 'asBytes' : 'asIs')].join(' · ')}
        </span>
        <button type="button" className="sending-raw" onClick={() => setIsRaw((raw) => !raw)}>
          {t(isRaw ? 'asWords' : 'showBytes', { count: leaving.bodyBytes })}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="sending-text" tabIndex={0} aria-label={t('asIs')}>
        {isRaw ? (
          <pre className="sending-bytes">{showHidden(leaving.body)}</pre>
        ) : (
          leaving.messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they do not change while they are looked at
            <Message key={index} message={message} />
          ))
        )}
      </section>
      <Pseudonyms hidden={hidden} />
      <Facts leaving={leaving} />
    </div>
  );
}

function Message({ message }: { readonly message: LookedMessage }): ReactNode {
  const { t } = useTranslation('sending');
  const { role, text, hidden, leftOut } = message;
  return (
    <div className="sending-message">
      <b className="small dim">{t(`role.${role}`)}</b>
      <p lang={glyphLanguageOf(text)} dir="auto">
        {marked(text, hidden)}
        {leftOut > 0 && <span className="small dim"> {t('leftOut', { count: leftOut })}</span>}
      </p>
    </div>
  );
}

/** A text with its pseudonyms washed and underlined. */
function marked(text: string, hidden: LookedMessage['hidden']): readonly ReactNode[] {
  let at = 0;
  const parts = hidden.flatMap(({ start, end, secret }) => {
    const before = text.slice(at, start);
    at = end;
    return [
      <Fragment key={`${start} before`}>{showHidden(before)}</Fragment>,
      <mark key={start} className="pseudonym" title={showHiddenInLine(secret)}>
        {text.slice(start, end)}
      </mark>,
    ];
  });
  return [...parts, <Fragment key="rest">{showHidden(text.slice(at))}</Fragment>];
}

/** Which stands for what: that is known here alone. */
function Pseudonyms({ hidden }: { readonly hidden: LookedMessage['hidden'] }): ReactNode {
  const { t } = useTranslation('sending');
  if (hidden.length === 0) return <p className="sending-none small dim">{t('noneHidden')}</p>;
  return (
    <ul className="sending-hidden" aria-label={t('hidden', { count: hidden.length })}>
      {hidden.map(({ pseudonym, secret }) => (
        <PseudonymItem key={pseudonym} pseudonym={pseudonym} secret={secret} />
      ))}
      <li className="small dim">{t('knownHere')}</li>
    </ul>
  );
}

function Facts({ leaving }: { readonly leaving: Leaving }): ReactNode {
  const { t, i18n } = useTranslation('sending');
  const { label, host, modelName, place, goesOn, must } = leaving;
  const kept = sayKept(t, leaving);
  const Where = place === 'outside' ? Cloud : Server;
  const named = label === host ? host : `${showHiddenInLine(label)} · ${host}`;
  return (
    <dl className="sending-facts">
      <Fact name={t('to')} icon={<Where size={14} strokeWidth={1.6} aria-hidden />}>
        <b>{named}</b> · {showHiddenInLine(modelName)}
      </Fact>
      <Fact
        name={t('keeps')}
        icon={<CircleAlert className={kept.warns ? 'warns' : ''} size={14} strokeWidth={1.6} aria-hidden />}
      >
        {kept.said}
      </Fact>
      <Fact name={t('costs')} icon={<Wallet size={14} strokeWidth={1.6} aria-hidden />}>
        {sayExpected(t, leaving, i18n.language)}
      </Fact>
      <Fact name={t('why')} icon={<Signpost size={14} strokeWidth={1.6} aria-hidden />}>
        {[sayReason(t, leaving.reason), goesOn ? t(must ? 'goesOnShown' : 'goesOn') : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Fact({ name, icon, children }: FactProps): ReactNode {
  return (
    <div className="sending-fact">
      <dt>{name}</dt>
      <dd>
        {icon}
        <span>{children}</span>
      </dd>
    </div>
  );
}

function distinct(hidden: LookedMessage['hidden']): LookedMessage['hidden'] {
  return [...new Map(hidden.map((one) => [one.pseudonym, one])).values()];
}
