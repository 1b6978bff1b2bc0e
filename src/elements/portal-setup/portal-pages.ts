import { html, nothing } from 'lit';

import { isSectionName, type SectionName, sectionNames } from './sections/sections.js';
import { isStepName, type StepName, stepNames } from './steps/step.js';
import type { SetupTranslate } from './words.js';

/** What of a portal is no form of its settings. */
const roomNames = ['sso', 'invitations'] as const;
export type PortalRoomName = (typeof roomNames)[number];
export type PortalPageName = StepName | SectionName | PortalRoomName;

export const isPortalRoom = (text: string | undefined): text is PortalRoomName =>
  roomNames.includes(text as PortalRoomName);

const wordsOf = (t: SetupTranslate, name: PortalPageName): string =>
  isStepName(name) ? t(`setup.step-${name}`) : isSectionName(name) ? t(`setup.section-${name}`) : t(`${name}.heading`);

/** Links to all that is set of a portal that is open. */
export function renderPortalPages(t: SetupTranslate, slug: string, here: PortalPageName): unknown {
  const names: readonly PortalPageName[] = [...stepNames, ...roomNames, ...sectionNames];
  return html`<nav part="pages" aria-label=${t('setup.pages')}>${names.map(
    (name) =>
      html`<a part="page" href="#/${slug}/${name}" aria-current=${name === here ? 'page' : nothing}>${wordsOf(t, name)}</a>`,
  )}</nav>`;
}
