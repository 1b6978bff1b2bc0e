import { html, nothing } from 'lit';

import type { OwnedPortal } from '../../../backend/setup/setup-backend.js';
import { renderTicks } from '../fields.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

/** Where somebody goes who has to choose. */
export const firstGroup = '[name^=invited-group-]';

/** Access groups to choose from; nobody is asked where there is no choice. */
export const choicesOf = ({ accessGroups }: OwnedPortal): readonly string[] =>
  accessGroups.length > 1 ? accessGroups : [];

/** Those that are ticked: what was chosen last, as far as it is still there, else the first. */
export function chosenOf(choices: readonly string[], kept: readonly string[] | undefined): readonly string[] {
  const left = choices.filter((group) => kept?.includes(group));
  return left.length || kept?.length === 0 ? left : choices.slice(0, 1);
}

/** Which groups of a portal those who are invited become members of. */
export function renderInvitedGroups(
  { t }: Pick<RoomHost, 't'>,
  choices: readonly string[],
  chosen: readonly string[],
  problem: SetupKey | undefined,
  onChange: (chosen: readonly string[]) => void,
): unknown {
  if (!choices.length) return nothing;
  const ticks = choices.map((group, at) => ({
    name: `invited-group-${at}`,
    label: html`<bdi>${group}</bdi>`,
    checked: chosen.includes(group),
    onChange: (checked: boolean) =>
      onChange(choices.filter((other) => (other === group ? checked : chosen.includes(other)))),
  }));
  return renderTicks('invited-groups', t('invite.groups'), ticks, t('invite.groups-hint'), problem && t(problem));
}
