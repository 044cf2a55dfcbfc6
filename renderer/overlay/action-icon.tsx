import {
  AlignLeft,
  Briefcase,
  Check,
  CircleHelp,
  FoldVertical,
  Glasses,
  Handshake,
  Languages,
  List,
  ListChecks,
  type LucideIcon,
  MessageCircle,
  Pencil,
  PencilLine,
  Reply,
  Sparkle,
  SpellCheck,
  UnfoldVertical,
} from 'lucide-react';
import type { ReactNode } from 'react';

/** The signs that files of actions may name. */
const icons: Readonly<Record<string, LucideIcon>> = {
  'align-left': AlignLeft,
  briefcase: Briefcase,
  check: Check,
  'circle-help': CircleHelp,
  'fold-vertical': FoldVertical,
  glasses: Glasses,
  handshake: Handshake,
  languages: Languages,
  list: List,
  'list-checks': ListChecks,
  'message-circle': MessageCircle,
  pencil: Pencil,
  'pencil-line': PencilLine,
  reply: Reply,
  'spell-check': SpellCheck,
  'unfold-vertical': UnfoldVertical,
};

/** The sign of an action; an unknown name, or none, shows the usual one. */
export function ActionIcon({ name, size = 16 }: { readonly name: string | null; readonly size?: number }): ReactNode {
  const Icon = icons[name ?? ''] ?? Sparkle;
  return <Icon size={size} strokeWidth={1.6} aria-hidden />;
}
