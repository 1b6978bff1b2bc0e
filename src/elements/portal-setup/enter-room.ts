import { html, nothing } from 'lit';

import { AuditRoom } from './account/audit-room.js';
import { DeskRoom } from './account/desk-room.js';
import { InboxesRoom } from './account/inboxes-room.js';
import { isAccountRoom } from './account/rooms.js';
import { StatusesRoom } from './account/statuses-room.js';
import { DoneRoom } from './done-room.js';
import { OverviewRoom } from './overview-room.js';
import { CompanyRoom } from './people/company-room.js';
import { ContactRoom } from './people/contact-room.js';
import { ImportRoom } from './people/import-room.js';
import { InvitationsRoom } from './people/invitations-room.js';
import { companyList, contactList, ListRoom } from './people/list-room.js';
import { PropertiesRoom } from './people/properties-room.js';
import { SeenAsRoom } from './people/seen-as-room.js';
import type { Room, RoomHost } from './room.js';
import { SetUpRoom } from './set-up-room.js';
import { SsoRoom } from './sso/sso-room.js';
import { StaffRoom } from './staff-room.js';
import { isPortalRoom } from './portal-pages.js';
import { isSectionName } from './sections/sections.js';
import { isStepName } from './steps/step.js';
import type { SetupTranslate } from './words.js';

/** What the bar leads to, each with its address. */
const areas = {
  portals: '#/',
  people: '#/people',
  companies: '#/companies',
  staff: '#/staff',
  account: '#/account/inboxes',
} as const;
export type Area = keyof typeof areas;

// A portal may be called like an area: no page of an area has the name of one of a portal's.
const portalRooms = { sso: SsoRoom, invitations: InvitationsRoom } as const;
const accountRooms = { inboxes: InboxesRoom, desk: DeskRoom, statuses: StatusesRoom, audit: AuditRoom } as const;

const idForm = /^[\w-]{22}$/;

/** The room that the part of an address behind the `#` names, and the area that it is in. */
export function enterRoom(host: RoomHost, place: string): { readonly room: Room; readonly area: Area } {
  const [, first, second, third] = /^#\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(place) ?? [];
  const inPeople = (room: Room) => ({ room, area: 'people' as const });
  const inCompanies = (room: Room) => ({ room, area: 'companies' as const });
  const inPortals = (room: Room) => ({ room, area: 'portals' as const });
  if (first && !third && (isStepName(second) || isSectionName(second)))
    return inPortals(new SetUpRoom(host, first === 'new' ? null : decodeURIComponent(first), second));
  if (first && !third && isPortalRoom(second))
    return inPortals(new portalRooms[second](host, decodeURIComponent(first)));
  if (first && !third && second === 'done') return inPortals(new DoneRoom(host, decodeURIComponent(first)));
  if (first === 'people') {
    if (second === 'new' && !third) return inPeople(new ContactRoom(host, null));
    if (second === 'import' && !third) return inPeople(new ImportRoom(host));
    if (second === 'definitions' && !third) return inPeople(new PropertiesRoom(host));
    if (second && idForm.test(second))
      return inPeople(third ? new SeenAsRoom(host, second, decodeURIComponent(third)) : new ContactRoom(host, second));
    return inPeople(new ListRoom(host, contactList));
  }
  if (first === 'account' && !third)
    return { room: new accountRooms[isAccountRoom(second) ? second : 'inboxes'](host), area: 'account' };
  if (first === 'staff') return { room: new StaffRoom(host), area: 'staff' };
  if (first === 'companies') {
    if (second === 'new') return inCompanies(new CompanyRoom(host, null));
    if (second && idForm.test(second)) return inCompanies(new CompanyRoom(host, second));
    return inCompanies(new ListRoom(host, companyList));
  }
  return inPortals(new OverviewRoom(host));
}

/** Links to the areas, in the bar. */
export const renderAreas = (t: SetupTranslate, here: Area): unknown =>
  html`<nav part="areas" aria-label=${t('rooms.areas')}>${(Object.keys(areas) as Area[]).map(
    (area) =>
      html`<a part="area" href=${areas[area]} aria-current=${area === here ? 'page' : nothing}>${t(area === 'staff' ? 'setup.staff' : `rooms.${area}`)}</a>`,
  )}</nav>`;
