import type { OwnedPortal, PortalChange, SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { definePortalSetup } from '../../src/elements/portal-setup/define.js';
import { portal, setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { field, show } from '../elements/screen.js';

definePortalSetup();

/** Shows the element at a place, over a server that answers as `answers` says. */
export function at(place: string, answers: Partial<SetupBackend> = {}) {
  history.replaceState(null, '', `#${place}`);
  return show('portal-setup', { headingLevel: 2, backend: { ...setupAnswers, ...answers } });
}

/** A server that keeps one portal, and what was asked of it. */
export function keeping(given: Partial<OwnedPortal> = {}) {
  const kept = { portal: { ...portal, ...given } as OwnedPortal };
  const changes: PortalChange[] = [];
  const answers = {
    getPortal: async () => kept.portal,
    updatePortal: async (_slug, change) => {
      changes.push(change);
      const { inboxes: _, ...rest } = change;
      kept.portal = { ...kept.portal, ...rest, version: kept.portal.version + 1 };
      return kept.portal;
    },
  } satisfies Partial<SetupBackend>;
  return { kept, changes, answers };
}

export const radio = async (words: string): Promise<void> => (await field(words)).click();
