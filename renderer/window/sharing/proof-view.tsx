import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AtomProof } from '../../../contract/sharing.ts';
import { holds, sayFailures, sayProof, sayWrong } from '../../../locales/say-atom.ts';
import { useAtomWords } from './use-atom-words.ts';
import type { Proves } from './use-proving.ts';

/** What examples came to: a mark for each, the sentence, and why those that did not hold did not. */
export function ProofView({ proof }: { readonly proof: AtomProof }): ReactNode {
  const words = useAtomWords();
  return (
    <div className="proof">
      <p className="proof-line">
        <span>{sayProof(words, proof)}</span>
        <span className="pips" aria-hidden>
          {proof.examples.map((example) => {
            const isHeld = holds(example);
            const Mark = isHeld ? Check : X;
            return (
              <span
                key={`${example.of}${example.example}`}
                className={isHeld ? 'pip' : 'pip failed'}
                title={isHeld ? example.input : sayWrong(words, example)}
              >
                <Mark size={10} strokeWidth={2.4} />
              </span>
            );
          })}
        </span>
      </p>
      {sayFailures(words, proof).map((failure) => (
        <p key={failure} className="small proof-why">
          {failure}
        </p>
      ))}
    </div>
  );
}

/** Starts the examples, says how far they are, and stops them. */
export function ProveButton({ proves, label }: { readonly proves: Proves; readonly label: string }): ReactNode {
  const { t } = useTranslation('window');
  const words = useAtomWords();
  const { proving, error, start, stop } = proves;
  return (
    <>
      {proving === null ? (
        <button type="button" className="button" aria-label={label} onClick={start}>
          {t('settings.sharing.try')}
        </button>
      ) : (
        <button type="button" className="button" onClick={stop}>
          {t('settings.sharing.stop')}
        </button>
      )}
      {proving !== null && proving.model !== null && (
        <span className="small dim" role="status">
          {words.say('proof.running', {
            done: Math.min(proving.done + 1, proving.total),
            count: proving.total,
            model: proving.model,
          })}
        </span>
      )}
      {error !== null && (
        <p className="refusal" role="alert">
          {words.error(error)}
        </p>
      )}
    </>
  );
}
