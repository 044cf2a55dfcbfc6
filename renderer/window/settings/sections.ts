import { Box, Info, Keyboard, type LucideIcon, Shield, SlidersHorizontal } from 'lucide-react';

export const sections = ['general', 'shortcuts', 'models', 'privacy', 'about'] as const;
export type SectionId = (typeof sections)[number];

export const sectionIcons: Readonly<Record<SectionId, LucideIcon>> = {
  general: SlidersHorizontal,
  shortcuts: Keyboard,
  models: Box,
  privacy: Shield,
  about: Info,
};
