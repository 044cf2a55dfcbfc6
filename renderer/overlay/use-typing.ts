import {
  type CompositionEvent,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { CompositionWatch } from './composition.ts';
import { handleKey, isButton, type Keys } from './handle-key.ts';

export interface Typing {
  readonly keys: { readonly onKeyDown: (event: KeyboardEvent) => void };
  readonly text: {
    readonly onCompositionStart: () => void;
    readonly onCompositionEnd: (event: CompositionEvent) => void;
  };
}

/** Keys and text of the box; while an input method has the keys they are its own. */
export function useTyping(keys: Keys): Typing {
  const composition = useRef(new CompositionWatch());
  const onKeyDown = (event: KeyboardEvent) => {
    if (!composition.current.owns(event.nativeEvent) && handleKey(event, keys)) event.preventDefault();
  };
  const onCompositionStart = () => composition.current.start();
  const onCompositionEnd = (event: CompositionEvent) => composition.current.end(event.timeStamp);
  return { keys: { onKeyDown }, text: { onCompositionStart, onCompositionEnd } };
}

/** Id of the chip that has the focus, or what else does. Where nothing has it the input takes it, so that keys are never lost. */
export function useFocused(input: RefObject<HTMLTextAreaElement | null>) {
  const [focused, setFocused] = useState('box');
  useEffect(() => {
    if (document.activeElement === document.body) input.current?.focus();
  });
  const onFocus = ({ target, currentTarget }: FocusEvent) => {
    if (target === currentTarget) input.current?.focus();
    else setFocused((target as HTMLElement).dataset['chip'] ?? (isButton(target) ? 'button' : 'box'));
  };
  return { focused, onFocus };
}
