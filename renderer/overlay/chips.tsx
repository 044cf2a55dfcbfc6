import { AppWindow, Check, Clipboard, File, type LucideIcon, TextSelect } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextChip, ContextKind } from '../../contract/context.ts';
import { formatDuration } from '../../locales/format.ts';
import { showHidden, showHiddenInLine } from '../../locales/show-hidden.ts';
import { glyphLanguageOf } from '../../text/language.ts';
import { useSayError } from '../answer/say-error.ts';
import { useClient, useMirror } from '../app/backend.ts';
import { EncodingChoice } from './encoding-choice.tsx';
import { AddFile, FileChip } from './file-chip.tsx';
import { shortTitle } from './window-title.ts';

/** The chips that go along with the next question, or could. */
export function useChips(): readonly ContextChip[] {
  return useMirror('context')?.chips ?? none;
}

const none: readonly ContextChip[] = [];
const icons: Readonly<Record<ContextKind, LucideIcon>> = {
  selection: TextSelect,
  clipboard: Clipboard,
  window: AppWindow,
  file: File,
};
/** A capture that is done sooner shows its chip alone, without a flicker. */
const slowCaptureMs = 120;
const worthTellingMs = 60_000;

export interface ChipsProps {
  /** The person asked for all there is. */
  readonly open: boolean;
  /** An answer is on the screen: what does not go along with a follow-up takes no room. */
  readonly reading: boolean;
}

/**
 * Under the input: what was captured, on or off, and on Enter exactly what would be sent. What is merely there, such as
 * the clipboard, takes no room before the person asks for it (`open`).
 */
export function Chips({ open, reading }: ChipsProps): ReactNode {
  const { t } = useTranslation('overlay');
  const chips = useChips();
  const capturing = useSlow(useMirror('context')?.capturing === true);
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (open) group.current?.querySelector('button')?.focus();
  }, [open]);
  const [previewed, setPreviewed] = useState<string | null>(null);
  const matters = chips.some(
    ({ kind, on, status }) => on || status === 'failed' || (!reading && (kind === 'selection' || kind === 'file')),
  );
  if (!capturing && !matters && (!open || chips.length === 0)) return null;
  const shown = chips.find(({ id, status }) => id === previewed && status === 'ready');
  return (
    <>
      <fieldset ref={group} className="chips" aria-label={t('chip.group')}>
        {capturing && (
          <span className="chip reading-now">
            <TextSelect size={14} strokeWidth={1.6} aria-hidden />
            <b>{t('chip.selection')}</b>
          </span>
        )}
        {chips.map((chip) =>
          chip.kind === 'file' ? (
            <FileChip
              key={chip.id}
              chip={chip}
              onPreview={() => setPreviewed((id) => (id === chip.id ? null : chip.id))}
            />
          ) : chip.status === 'failed' ? (
            <Cause key={chip.id} chip={chip} />
          ) : (
            <Chip key={chip.id} chip={chip} onPreview={() => setPreviewed((id) => (id === chip.id ? null : chip.id))} />
          ),
        )}
        {chips.length > 0 && <AddFile />}
      </fieldset>
      {chips.map(({ id, sample, on, preview }) =>
        sample && on ? (
          <p key={id} className="sample-text" lang={glyphLanguageOf(preview)}>
            {preview}
          </p>
        ) : null,
      )}
      {shown !== undefined && <Preview chip={shown} />}
    </>
  );
}

function useSlow(working: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = working ? setTimeout(() => setSlow(true), slowCaptureMs) : undefined;
    if (!working) setSlow(false);
    return () => clearTimeout(timer);
  }, [working]);
  return working && slow;
}

function Chip({ chip, onPreview }: { readonly chip: ContextChip; readonly onPreview: () => void }): ReactNode {
  const { t } = useTranslation('overlay');
  const client = useClient();
  const say = useSayChip();
  const { id, on, status, kind } = chip;
  const Icon = icons[kind];
  const said = say(chip);
  const words = (
    <>
      <Icon size={14} strokeWidth={1.6} aria-hidden />
      <b>{t(chip.sample ? 'chip.sample' : `chip.${kind}`)}</b>{' '}
      <span className={kind === 'window' ? 'chip-said title' : 'chip-said'}>{said}</span>
    </>
  );
  if (status === 'refused') return <span className="chip refused">{words}</span>;
  const onKeyDown = (event: KeyboardEvent) => {
    // What has not been read cannot be looked at yet: Enter turns it on, as a click does.
    if (event.key !== 'Enter' || status === 'offered') return;
    event.preventDefault();
    event.stopPropagation();
    onPreview();
  };
  return (
    <button
      type="button"
      className={on ? 'chip on' : 'chip'}
      data-chip={id}
      aria-pressed={on}
      title={`${said}\n${t('chip.help')}`}
      onKeyDown={onKeyDown}
      onClick={() => void client.request('context.turn', { chipId: id, on: !on })}
    >
      {words}
      {on && <Check className="chip-tick" size={12} strokeWidth={2} aria-hidden />}
    </button>
  );
}

/** What a chip says after its name: how much, of what, from where, how old. */
function useSayChip(): (chip: ContextChip) => string {
  const { t, i18n } = useTranslation('overlay');
  return ({ kind, status, content, words, application, title, elsewhere, capturedAt }) => {
    if (kind === 'window')
      return showHiddenInLine([shortTitle(title ?? '', application), application].filter(Boolean).join(' · '));
    const age = capturedAt === null ? 0 : Date.now() - capturedAt;
    const old = formatDuration(age / 1000, i18n.language === 'zh-CN' ? 'zh-CN' : 'en');
    const parts = [
      status === 'ready' ? t('chip.words', { count: words }) : t(`chip.content.${content}`),
      application === null ? null : showHiddenInLine(application),
      kind === 'clipboard' && age > worthTellingMs && old !== '…' ? t('chip.age', { age: old }) : null,
      elsewhere === true ? t('chip.elsewhere') : null,
    ];
    return parts.filter((part) => part !== null).join(' · ');
  };
}

/** A capture that ended in a cause says it, and what to do. */
function Cause({ chip }: { readonly chip: ContextChip }): ReactNode {
  const sayError = useSayError();
  if (chip.cause?.code === 'capture/not-shown')
    return (
      <span className="chip-cause dim small" role="status">
        {sayError(chip.cause)}
      </span>
    );
  return chip.cause === null ? null : (
    <span className="note chip-cause" role="alert">
      {sayError(chip.cause)}
    </span>
  );
}

function Preview({ chip }: { readonly chip: ContextChip }): ReactNode {
  const { t } = useTranslation('overlay');
  const { preview, characters } = chip;
  const more = characters - preview.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="preview" tabIndex={0} aria-label={t('chip.preview')}>
      <EncodingChoice chip={chip} />
      <p className="preview-text" lang={glyphLanguageOf(preview)}>
        {showHidden(preview)}
      </p>
      {more > 0 && <p className="dim small">{t('chip.more', { count: more })}</p>}
    </section>
  );
}
