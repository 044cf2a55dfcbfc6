import { AppWindow, Box, Info, Keyboard, type LucideIcon, Shield, SlidersHorizontal } from 'lucide-react';

export const sections = ['general', 'shortcuts', 'models', 'applications', 'privacy', 'about'] as const;
export type SectionId = (typeof sections)[number];

export const sectionIcons: Readonly<Record<SectionId, LucideIcon>> = {
  general: SlidersHorizontal,
  shortcuts: Keyboard,
  models: Box,
  applications: AppWindow,
  privacy: Shield,
  about: Info,
};
