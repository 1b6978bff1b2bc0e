/**
 * Who sees what and may do what: `test/policy/truth.md` read by hand once more. Nothing of `src/policy` is imported here, so
 * that the two can disagree.
 */

export type Condition =
  | {
      readonly property: string;
      readonly operator: 'is' | 'is-not' | 'contains' | 'greater' | 'less' | 'before' | 'after';
      readonly value: string;
    }
  | { readonly property: string; readonly operator: 'is-any-of'; readonly value: readonly string[] }
  | { readonly property: string; readonly operator: 'is-known' }
  | { readonly property: string; readonly operator: 'is-unknown' };

export type Permission =
  | { readonly kind: 'own' }
  | { readonly kind: 'company' }
  | { readonly kind: 'company-if'; readonly groups: readonly (readonly Condition[])[] };

export type Doing = 'reply' | 'close' | 'reopen' | 'add-participant' | 'rate' | 'edit';
export type Stage = 'open' | 'waiting_on_contact' | 'closed';
export type Hand = 'requester' | 'participant' | 'colleague';
export type Settings = { readonly [H in Hand]?: { readonly [S in Stage]?: readonly Doing[] } };
export type Tie = 'requester' | 'contact' | 'participant' | 'company';

const valueOf = (properties: Readonly<Record<string, string>>, property: string): string | null =>
  Object.entries(properties).find(([name]) => name === property)?.[1] ?? null;

/** Rows 29 to 41 and 76 to 105. */
function holds(properties: Readonly<Record<string, string>>, condition: Condition): boolean {
  const value = valueOf(properties, condition.property);
  if (condition.operator === 'is-unknown') return value === null;
  if (value === null) return false;
  if (condition.operator === 'is-known') return true;
  if (condition.operator === 'is-any-of') return condition.value.some((one) => one === value);
  const { operator, value: asked } = condition;
  if (operator === 'is') return value === asked;
  if (operator === 'is-not') return value !== asked;
  if (operator === 'contains') return value.split(asked).length > 1;
  const dates = operator === 'before' || operator === 'after';
  const form = dates ? /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/ : /^-?[0-9]+([.][0-9]+)?$/;
  if (!form.test(value) || !form.test(asked)) return false;
  const difference = dates
    ? Date.parse(value) - Date.parse(asked)
    : Number.parseFloat(value) - Number.parseFloat(asked);
  return operator === 'greater' || operator === 'after' ? difference > 0 : difference < 0;
}

/** What of the contact opens the company's tickets: the group, or nothing needed; `null` when they stay closed. */
export function opening(
  permission: Permission,
  properties: Readonly<Record<string, string>>,
): readonly Condition[] | null {
  if (permission.kind === 'own') return null;
  if (permission.kind === 'company') return [];
  for (const group of permission.groups) {
    if (group.length === 0) continue;
    if (!group.some((condition) => !holds(properties, condition))) return group;
  }
  return null;
}

/** "because role = manager": the first of the group's properties that the contact has. */
export function because(group: readonly Condition[], properties: Readonly<Record<string, string>>): string | null {
  for (const { property } of group) {
    const value = valueOf(properties, property);
    if (value !== null) return `${property}=${value}`;
  }
  return null;
}

/** Rows 1 to 7, 14 to 16. */
const usual: Record<Hand, Record<Stage, string>> = {
  requester: {
    open: 'reply close add-participant edit',
    waiting_on_contact: 'reply close add-participant edit',
    closed: 'reply reopen rate',
  },
  participant: {
    open: 'reply close add-participant',
    waiting_on_contact: 'reply close add-participant',
    closed: 'reply reopen',
  },
  colleague: { open: 'reply', waiting_on_contact: 'reply', closed: '' },
};

/** The second table: what is chosen, less what makes no sense, in the order of the table. */
export function doings(tie: Tie, stage: Stage, settings: Settings): string[] {
  let hand: Hand = 'participant';
  if (tie === 'requester') hand = 'requester';
  if (tie === 'company') hand = 'colleague';
  const chosen: readonly string[] = settings[hand]?.[stage] ?? usual[hand][stage].split(' ');
  const sensible =
    stage === 'closed'
      ? [...(chosen.includes('reopen') ? ['reply'] : []), 'reopen', 'rate']
      : ['reply', 'close', 'add-participant', 'edit'];
  return sensible.filter((doing) => chosen.includes(doing));
}
