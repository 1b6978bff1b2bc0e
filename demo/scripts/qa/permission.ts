import type { QaState } from './state.js';

const rules = {
  own: { kind: 'own' },
  company: { kind: 'company' },
  'company-if': { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
} as const;

/** What a contact sees beyond their own tickets; `null` leaves it as the world has it. */
export const permissionOf = (permission: QaState['permission']) => (permission === 'world' ? null : rules[permission]);
