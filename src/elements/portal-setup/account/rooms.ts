import { html, nothing } from 'lit';

import type { SetupTranslate } from '../words.js';

/** What all portals have in common, each on a page of its own, in the order of the links. */
export const accountRooms = ['inboxes', 'desk', 'statuses', 'audit'] as const;
export type AccountRoomName = (typeof accountRooms)[number];

export const isAccountRoom = (text: string | undefined): text is AccountRoomName =>
  accountRooms.includes(text as AccountRoomName);

/** Links from one to the other. */
export const renderAccountRooms = (t: SetupTranslate, here: AccountRoomName): unknown =>
  html`<nav part="pages" aria-label=${t('rooms.account')}>${accountRooms.map(
    (name) =>
      html`<a part="page" href="#/account/${name}" aria-current=${name === here ? 'page' : nothing}>${t(`${name}.heading`)}</a>`,
  )}</nav>`;
