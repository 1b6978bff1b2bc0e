/**
 * What a transaction knows of who asks, as parts of a statement. Written as a query so that it is looked up once, not for
 * every row. Each is NULL, and so finds nothing, where nobody has entered.
 */
export const account = '(SELECT app_account())';
/** The contact, when enabled and verified. */
export const contact = '(SELECT app_viewer())';
/** The company all of whose tickets the contact sees. */
export const company = '(SELECT app_company())';
