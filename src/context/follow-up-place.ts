import { formPlace, type Place } from './route-context.js';

/** The place where somebody goes on with a ticket by a new one. */
export const followUpOf = (ticket: string): string => `new.${ticket}`;

/** Id of the ticket that the form there goes on with; empty for none. */
export const followedBy = (place: Place): string => (place && formPlace.test(place) ? place.slice(4) : '');
