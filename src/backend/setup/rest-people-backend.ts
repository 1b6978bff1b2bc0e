import { adminRoutes } from '../../wire/admin.js';
import type { AnsweredRoute } from '../../wire/answers.js';
import type { Call } from '../rest/connection.js';
import type { RestClient } from '../rest/rest-client.js';
import type { PeopleBackend } from './people-backend.js';

/** Milliseconds that a table of people, or all of one person, may take. */
const longTimeout = 120_000;

/** The same route, of one portal. */
export const of = <R extends AnsweredRoute>(slug: string, route: R): R => ({
  ...route,
  path: route.path.replace(':slug', encodeURIComponent(slug)),
});

/** @param send asks what is answered with nothing */
export function createPeopleBackend(
  { read }: RestClient,
  send: (route: AnsweredRoute, call: Call) => Promise<void>,
): PeopleBackend {
  const {
    listContacts,
    getContact,
    createContact,
    updateContact,
    exportContact,
    eraseContact,
    preview,
    importContacts,
    listInvitations,
    invite,
    inviteMany,
    revokeInvitation,
    listContactProperties,
    createContactProperty,
    updateContactProperty,
    deleteContactProperty,
    listCompanies,
    getCompany,
    createCompany,
    updateCompany,
    deleteCompany,
  } = adminRoutes;

  return {
    listContacts: (query, options) => read(listContacts, { query, options }),
    getContact: (id, options) => read(getContact, { id, options }),
    createContact: (body) => read(createContact, { body }),
    updateContact: (id, body) => read(updateContact, { id, body }),
    exportContact: (id) => read(exportContact, { id }, longTimeout),
    eraseContact: (id) => send(eraseContact, { id }),
    ticketsAs: (slug, contact, cursor, options) => read(of(slug, preview), { query: { contact, cursor }, options }),
    importContacts: (csv, dryRun) => read(importContacts, { body: { csv, dryRun } }, longTimeout),

    listInvitations: async (slug, options) => (await read(of(slug, listInvitations), { options })).items,
    invite: (slug, guest, accessGroups) => read(of(slug, invite), { body: { ...guest, accessGroups } }),
    inviteMany: async (slug, people, accessGroups) =>
      (await read(of(slug, inviteMany), { body: { people, accessGroups } }, longTimeout)).items,
    revokeInvitation: (slug, id) => send(of(slug, revokeInvitation), { id }),

    listContactProperties: async (options) => (await read(listContactProperties, { options })).items,
    addContactProperty: (body) => read(createContactProperty, { body }),
    updateContactProperty: (id, body) => read(updateContactProperty, { id, body }),
    deleteContactProperty: (id) => send(deleteContactProperty, { id }),

    listCompanies: (query, options) => read(listCompanies, { query, options }),
    getCompany: (id, options) => read(getCompany, { id, options }),
    createCompany: (body) => read(createCompany, { body }),
    updateCompany: (id, body) => read(updateCompany, { id, body }),
    deleteCompany: (id) => send(deleteCompany, { id }),
  };
}
