import {
  ArrowDownUp,
  AtSign,
  Braces,
  CaseSensitive,
  CircleHelp,
  CopyMinus,
  Eraser,
  Hash,
  ListFilter,
  ListX,
  type LucideIcon,
  MessageSquareText,
  Regex,
  Replace,
  Shuffle,
  SplitSquareVertical,
  Table,
  Table2,
  TextQuote,
  WrapText,
} from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = {
  prompt: MessageSquareText,
  case: CaseSensitive,
  clean: Eraser,
  replace: Replace,
  'replace-pattern': Regex,
  split: SplitSquareVertical,
  extract: AtSign,
  'extract-pattern': Regex,
  filter: ListFilter,
  'filter-pattern': ListX,
  sort: ArrowDownUp,
  unique: CopyMinus,
  reverse: Shuffle,
  join: WrapText,
  'read-table': Table2,
  'write-table': Table,
  json: Braces,
  count: Hash,
  template: TextQuote,
};

/** The sign of a kind of step; one that is not known has a question mark. */
export function iconOfStep(name: string): LucideIcon {
  return icons[name] ?? CircleHelp;
}
