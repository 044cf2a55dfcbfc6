import {
  AlignLeft,
  ArrowDownAZ,
  Braces,
  Briefcase,
  Check,
  CircleHelp,
  Eraser,
  FoldVertical,
  Glasses,
  Handshake,
  Languages,
  Link,
  List,
  ListChecks,
  ListX,
  type LucideIcon,
  MessageCircle,
  Pencil,
  PencilLine,
  Reply,
  Sparkle,
  SpellCheck,
  Table,
  Type,
  UnfoldVertical,
  WrapText,
} from 'lucide-react';
import type { ReactNode } from 'react';

/** The signs that files of actions may name. */
const icons: Readonly<Record<string, LucideIcon>> = {
  'align-left': AlignLeft,
  'arrow-down-a-z': ArrowDownAZ,
  braces: Braces,
  briefcase: Briefcase,
  check: Check,
  'circle-help': CircleHelp,
  eraser: Eraser,
  'fold-vertical': FoldVertical,
  glasses: Glasses,
  handshake: Handshake,
  languages: Languages,
  link: Link,
  list: List,
  'list-checks': ListChecks,
  'list-x': ListX,
  'message-circle': MessageCircle,
  pencil: Pencil,
  'pencil-line': PencilLine,
  reply: Reply,
  'spell-check': SpellCheck,
  table: Table,
  text: Type,
  'unfold-vertical': UnfoldVertical,
  'wrap-text': WrapText,
};

/** The sign of an action; an unknown name, or none, shows the usual one. */
export function ActionIcon({ name, size = 16 }: { readonly name: string | null; readonly size?: number }): ReactNode {
  const Icon = icons[name ?? ''] ?? Sparkle;
  return <Icon size={size} strokeWidth={1.6} aria-hidden />;
}
