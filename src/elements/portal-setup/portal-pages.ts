import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';

import type { OwnedPortal } from '../../backend/setup/setup-backend.js';
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

/** On a phone the links are a line that is longer than the screen: the one where somebody is shows in it. */
function showInLine(link: Element | undefined): void {
  // It is not in the page before the room is.
  if (link) requestAnimationFrame(() => link.parentElement?.scrollTo({ left: (link as HTMLElement).offsetLeft - 48 }));
}

/** What a page of a portal shows, beside the links to all the others once it is open. */
export function renderPortalPage(
  t: SetupTranslate,
  { slug, open }: OwnedPortal,
  here: PortalPageName,
  content: unknown,
): unknown {
  if (!open) return content;
  const names: readonly PortalPageName[] = [...stepNames, ...roomNames, ...sectionNames];
  const links = names.map((name) => {
    const isHere = name === here;
    return html`<a part="page" href="#/${slug}/${name}" aria-current=${isHere ? 'page' : nothing} ${isHere ? ref(showInLine) : nothing}>${wordsOf(t, name)}</a>`;
  });
  return html`<div class="sides">
    <nav part="pages" aria-label=${t('setup.pages')}>${links}</nav>
    <div class="stack">${content}</div>
  </div>`;
}
