import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { CarriedStep, landing } from './carried-step.ts';
import type { Steps } from './step-edits.ts';

export interface StepDrag {
  /** The step that is carried, from 0; null while none is. */
  readonly carried: number | null;
  /** The edge that would take it; null where none would, or where it would stay in its place. */
  readonly over: number | null;
  readonly onTake: (event: PointerEvent<HTMLElement>, at: number) => void;
}

/** Steps of a column are dragged to where they are let go. */
export function useStepDrag(
  column: RefObject<HTMLElement | null>,
  steps: Steps,
  onMoved: (from: number, to: number) => void,
): StepDrag {
  const [state, setState] = useState<Omit<StepDrag, 'onTake'>>(still);
  const carry = useRef<CarriedStep | null>(null);
  const moved = useRef(onMoved);
  moved.current = onMoved;
  // A chain that becomes another one has no step that is carried, nor has one that is closed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about this very chain
  useEffect(() => () => carry.current?.end(null), [steps]);
  const onTake = (event: PointerEvent<HTMLElement>, at: number) => {
    const around = column.current;
    const card = event.currentTarget.closest<HTMLElement>('.step');
    const scroller = around?.closest<HTMLElement>('.editor-body');
    if (event.button !== 0 || !around || card === null || !scroller) return;
    carry.current?.end(null);
    const edges = () => [...around.querySelectorAll(':scope > .edge')];
    const scene = { card, handle: event.currentTarget, edges, column: around, scroller };
    carry.current = new CarriedStep(scene, event.nativeEvent, {
      onOver: (edge) => setState({ carried: at, over: landing(at, edge) === null ? null : edge }),
      onEnd: (edge) => {
        setState(still);
        const to = landing(at, edge);
        if (to !== null) moved.current(at, to);
      },
    });
  };
  return { ...state, onTake };
}

const still = { carried: null, over: null };
