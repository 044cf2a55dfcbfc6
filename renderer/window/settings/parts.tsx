import type { ReactNode } from 'react';
import { ActionModels } from '../action-models.tsx';
import { ActionsSection } from '../actions-section.tsx';
import { ApplicationsSection } from '../applications-section.tsx';
import { CardSection } from '../card-section.tsx';
import { GrantsSection } from '../grants-section.tsx';
import { RoutesSection } from '../routes-section.tsx';
import { RulesSection } from '../rules-section.tsx';
import { SharingSection } from '../sharing/sharing-section.tsx';
import { AboutSection } from './about-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { ChatsSection } from './chats-section.tsx';
import { ClipsSection } from './clips-section.tsx';
import { KeysSection } from './keys-section.tsx';
import type { SectionId } from './sections.ts';

/** A part of the settings that is more than a control; its words are `settings.<name>` in `locales/`. */
export interface SettingsPart {
  readonly name: string;
  readonly section: SectionId;
  readonly Part: () => ReactNode;
}

/** Parts in their order, each under the settings of its section. A new page of settings is one line here. */
export const parts: readonly SettingsPart[] = [
  { name: 'actions', section: 'shortcuts', Part: ActionsSection },
  { name: 'sharing', section: 'shortcuts', Part: SharingSection },
  { name: 'actionModels', section: 'shortcuts', Part: ActionModels },
  { name: 'keys', section: 'shortcuts', Part: KeysSection },
  { name: 'applications', section: 'applications', Part: ApplicationsSection },
  { name: 'routes', section: 'applications', Part: RoutesSection },
  { name: 'card', section: 'models', Part: CardSection },
  { name: 'clips', section: 'privacy', Part: ClipsSection },
  { name: 'rules', section: 'privacy', Part: RulesSection },
  { name: 'grants', section: 'privacy', Part: GrantsSection },
  { name: 'chats', section: 'privacy', Part: ChatsSection },
  { name: 'backup', section: 'privacy', Part: BackupSection },
  { name: 'about', section: 'about', Part: AboutSection },
];
