import { FileDown } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Covers the box while files hover over it, so that it is plain where they can be let go. */
export function DropZone(): ReactNode {
  const { t } = useTranslation('overlay');
  if (!useFilesHover()) return null;
  return (
    <div className="drop-zone" role="status">
      <FileDown size={20} strokeWidth={1.6} aria-hidden />
      <span>
        <b>{t('drop.title')}</b>
        <span className="dim small">{t('drop.kinds')}</span>
      </span>
    </div>
  );
}

/** Files may be let go anywhere on the page; the preload takes them, the page only sees that they hover. */
function useFilesHover(): boolean {
  const [hover, setHover] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setHover(true);
    };
    // Moving from one element to another leaves the first one: only what leaves the page has nowhere it goes to.
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHover(false);
    };
    const onEnd = () => setHover(false);
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onEnd);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onEnd);
    };
  }, []);
  return hover;
}
