/** Everything that a page or an application may use. Importing it changes nothing; `define()` registers the tags. */
export { BackendError, type BackendErrorOptions, isBackendError } from './backend/backend-error.js';
export {
  type BackendFeature,
  backendVersion,
  type PortalBackend,
  type RequestOptions,
  type TokenProvider,
  type UploadOptions,
  type WriteOptions,
} from './backend/portal-backend.js';
export { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './backend/memory/memory-backend.js';
export { createRestBackend } from './backend/rest/rest-backend.js';
export { backendContext, provideBackend } from './context/backend-context.js';
export { CustomerPortalElement } from './elements/customer-portal/customer-portal-element.js';
export { PortalLoginElement } from './elements/portal-login/portal-login-element.js';
export { SupportFormElement } from './elements/support-form/support-form-element.js';
export { TicketCountElement } from './elements/ticket-count/ticket-count-element.js';
export { TicketDetailElement } from './elements/ticket-detail/ticket-detail-element.js';
export type { RenderRow, RowField, RowText, RowView } from './elements/ticket-list/render-row.js';
export { TicketListElement } from './elements/ticket-list/ticket-list-element.js';
export * from './events/index.js';
export type { Messages } from './i18n/translate.js';
export * from './model/index.js';
