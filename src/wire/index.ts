export * from './admin.js';
export { emailSchema, nameSchema, propertyName, propertyValue } from './admin-parts.js';
export { type ConfigChangeWire, configFileBytes, type ConfigFileWire, configFileSchema } from './admin-config.js';
export {
  type AdminPortalWire,
  adminPortalSchema,
  type NewPortalWire,
  type PortalChangeWire,
} from './admin-portals.js';
export type {
  HostKeyWire,
  InvitationWire,
  InvitingReportWire,
  NewInvitationsWire,
  NewInvitationWire,
  OriginRequestWire,
} from './admin-ways-in.js';
export { importBytes, importLines, type ImportReportWire } from './admin-people.js';
export * from './answers.js';
export type {
  NewStaffWire,
  StaffAccountWire,
  StaffChangeWire,
  StaffSessionWire,
  WelcomeWire,
} from './admin-staff.js';
export type { ContactDataWire } from './admin-contact-data.js';
export type { AdminInboxWire } from './admin-inboxes.js';
export type { AdminStatusWire, NewStatusWire, StatusChangeWire } from './admin-statuses.js';
export type { AdminDeskWire, NewDeskWire } from './admin-desk.js';
export { type InspectionWire, inspectionSchema } from './admin-inspection.js';
export type { ContactPropertyWire, NewContactPropertyWire } from './admin-properties.js';
export type { PermissionWire } from './admin-permission.js';
export type { AccountChangeWire, NewAccountWire } from './admin-accounts.js';
export type { AddressWire, DomainWire, EffectWire, SetupWire, WhatIfWire } from './admin-setup.js';
export type { ConnectionChangeWire, ConnectionWire, NewConnectionWire } from './admin-connections.js';
export * from './later-answers.js';
export * from './later-schemas.js';
export * from './live.js';
export * from './requests.js';
export * from './routes.js';
export * from './schemas.js';
export * from './sso.js';
export * from './staff.js';
export * from './tus.js';
