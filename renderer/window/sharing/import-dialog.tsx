import { BadgeCheck, CircleHelp } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { AtomReview, Imported } from '../../../contract/sharing.ts';
import { nameOf, sayNames, sayOrigin, saySeal } from '../../../locales/say-atom.ts';
import { useSayError } from '../../answer/say-error.ts';
import { useClient, useMirror } from '../../app/backend.ts';
import { CardTold } from '../cards/card-told.tsx';
import { Dialog } from '../dialog.tsx';
import { useToast } from '../toast.tsx';
import { ProofView, ProveButton } from './proof-view.tsx';
import { Changes, Does, Doubts, MayTouch, type ReviewProps } from './review-parts.tsx';
import { useAtomWords } from './use-atom-words.ts';
import { useProving } from './use-proving.ts';

/** What others made, told before it is added; open while there is something to decide. */
export function ImportDialog(): ReactNode {
  const importing = useMirror('importing');
  const client = useClient();
  usePaste();
  if (importing === undefined) return null;
  const [review] = importing.reviews;
  if (review === undefined && importing.refused.length + importing.cards.length === 0) return null;
  return (
    <OpenDialog
      key={review?.reviewId ?? 'refused'}
      importing={importing}
      review={review}
      onClose={() => void client.request('sharing.leave', { reviewId: null })}
    />
  );
}

interface OpenProps {
  readonly importing: Imported;
  readonly review: AtomReview | undefined;
  readonly onClose: () => void;
}

function OpenDialog({ importing, review, onClose }: OpenProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const isCard = importing.cards.length > 0;
  const title =
    review !== undefined
      ? nameOf(words, review.atom)
      : isCard
        ? words.say('card.title')
        : t('settings.sharing.refused');
  const body = useRef<HTMLDivElement>(null);
  // A dialog that opens looks for something to focus, and scrolls to it past what has to be read first.
  useEffect(() => body.current?.scrollTo(0, 0), []);
  return (
    <Dialog label={title} className="review" onClose={onClose}>
      {review === undefined ? <h2>{title}</h2> : <Head review={review} left={importing.reviews.length} />}
      <div ref={body} className="review-body">
        <Refused importing={importing} />
        {review === undefined && importing.cards.map((card) => <CardTold key={card.fileName} card={card} named />)}
        {review !== undefined && <Told review={review} />}
      </div>
      {review === undefined ? (
        <div className="dialog-foot">
          <button type="button" className="button" data-first onClick={onClose}>
            {t('close')}
          </button>
        </div>
      ) : (
        <Foot review={review} />
      )}
    </Dialog>
  );
}

function Head({ review, left }: ReviewProps & { readonly left: number }): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const { atom, seal, from, fileName, madeFrom } = review;
  const Icon = seal.state === 'signed' ? BadgeCheck : CircleHelp;
  const names = sayNames(words, atom);
  return (
    <header className="review-head">
      <h2 dir="auto">{nameOf(words, atom)}</h2>
      {names !== '' && (
        <p className="dim" dir="auto">
          {names}
        </p>
      )}
      <p className="dim review-by">
        <Icon size={14} strokeWidth={1.6} aria-hidden />
        <span>{saySeal(words, seal, 'file')}</span>
      </p>
      {from.map((one) => (
        <p key={one.fingerprint} className="small dim">
          {sayOrigin(words, one)}
        </p>
      ))}
      {madeFrom !== null && (
        <p className="small dim">
          {words.say(`madeFrom.${madeFrom.kind}`)}{' '}
          {madeFrom.leftOut.length > 0 &&
            words.say('madeFrom.leftOut', { what: madeFrom.leftOut.join(words.say('comma')) })}
        </p>
      )}
      <p className="small faint">
        {[fileName, atom.hash.slice(0, 8), left > 1 ? t('settings.sharing.left', { count: left - 1 }) : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
    </header>
  );
}

function Refused({ importing: { refused } }: Pick<OpenProps, 'importing'>): ReactNode {
  const sayError = useSayError();
  return refused.map(({ fileName, error }) => (
    <p key={fileName + error.code} className="note danger" role="alert">
      {sayError(error)}
    </p>
  ));
}

function Told({ review }: ReviewProps): ReactNode {
  return (
    <>
      {review.card !== null && <CardTold card={review.card} named={false} />}
      <Doubts review={review} />
      <Does review={review} />
      <MayTouch review={review} />
      <Examples review={review} />
      <Changes review={review} />
    </>
  );
}

function Examples({ review }: ReviewProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const proves = useProving({ atomId: null, reviewId: review.reviewId }, () => {});
  const { examples, proofs, atom } = review;
  const isKnown = atom.steps.every((step) => step.do !== 'unknown');
  return (
    <section aria-label={t('settings.sharing.examples')}>
      <h3>{t('settings.sharing.examples')}</h3>
      {proofs.map((proof) => (
        <ProofView key={proof.model?.id ?? ''} proof={proof} />
      ))}
      {proofs.length === 0 && (
        <p className="dim">{words.say(examples.length === 0 ? 'proof.noExamples' : 'proof.none')}</p>
      )}
      {examples.length > 0 && isKnown && atom.touches.model !== 'none' && (
        <div className="prove-row">
          <ProveButton proves={proves} label={t('settings.sharing.tryOf', { action: nameOf(words, atom) })} />
        </div>
      )}
    </section>
  );
}

function Foot({ review }: ReviewProps): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const client = useClient();
  const { add, error } = useAdd(review);
  const isSame = review.kind === 'same';
  return (
    <>
      {error !== null && (
        <p className="refusal" role="alert">
          {words.error(error)}
        </p>
      )}
      <div className="dialog-foot review-foot">
        <span className="small dim">{t('settings.sharing.nothingRan')}</span>
        <button
          type="button"
          className="button"
          data-first
          onClick={() => void client.request('sharing.leave', { reviewId: review.reviewId })}
        >
          {t(isSame ? 'close' : 'settings.sharing.notNow')}
        </button>
        {!isSame && (
          <button type="button" className="button primary" onClick={() => void add()}>
            {t(review.kind === 'new' ? 'settings.sharing.add' : 'settings.sharing.update')}
          </button>
        )}
      </div>
    </>
  );
}

/** What may do more than before is asked about once more, in a window of main's. */
function useAdd({ reviewId, atom }: AtomReview) {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const client = useClient();
  const toast = useToast();
  const [error, setError] = useState<AppErrorShape | null>(null);
  const add = async () => {
    setError(null);
    const name = atom.name[words.language];
    const first = await client.request('sharing.add', { reviewId });
    const isAsked = !first.ok && first.error.code === 'atom/asks-first';
    const answer = isAsked ? await client.request('sharing.addAnyway', { reviewId, name }) : first;
    if (answer.ok) toast({ text: t('settings.sharing.added', { action: nameOf(words, atom) }) });
    else if (answer.error.code !== 'app/not-agreed') setError(answer.error);
  };
  return { add, error };
}

/** A file's text that is pasted where actions are listed is looked at. */
function usePaste(): void {
  const client = useClient();
  const isListed = useMirror('navigation')?.page === 'settings';
  useEffect(() => {
    if (!isListed) return;
    const onPaste = (event: ClipboardEvent) => {
      const isInField = (event.target as Element | null)?.closest?.('input, textarea, [contenteditable]') != null;
      const text = event.clipboardData?.getData('text/plain').trim() ?? '';
      if (isInField || !/^(?:\{|BECKON1:)/.test(text) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      void client.request('sharing.readText', { text: text.slice(0, 1_000_000) });
    };
    const onOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    document.addEventListener('paste', onPaste);
    document.addEventListener('dragover', onOver);
    return () => {
      document.removeEventListener('paste', onPaste);
      document.removeEventListener('dragover', onOver);
    };
  }, [isListed, client]);
}
