import { html } from 'lit';

import type { PortalChange } from '../../../backend/setup/setup-backend.js';
import { renderChoices } from '../fields.js';
import type { SetupStep, StepPlace } from '../steps/step.js';

const idleMinutes = ['20', '40', '60', '1440'] as const;
const codeMinutes = ['10', '15'] as const;

/** How long a customer stays signed in, and how long a code by mail is taken. */
export class SessionsSection implements SetupStep {
  readonly values: { idle: (typeof idleMinutes)[number]; code: (typeof codeMinutes)[number] };
  place: StepPlace;

  constructor(place: StepPlace) {
    this.place = place;
    const { idleMinutes: idle = 1440, codeMinutes: code = 10 } = place.portal ?? {};
    this.values = { idle: `${idle}`, code: `${code}` };
  }

  render(): unknown {
    const { t } = this.place.host;
    return html`${renderChoices(
      'idle',
      t('setup.idle'),
      idleMinutes.map((value) => ({
        value,
        label: value === '1440' ? t('setup.idle-day') : t('setup.minutes', { count: Number(value) }),
        hint: value === '1440' ? t('setup.idle-day-hint') : value === '20' ? t('setup.idle-short-hint') : undefined,
      })),
      this.values.idle,
      (idle) => this.#change({ idle }),
    )}
    ${renderChoices(
      'code',
      t('setup.code-life'),
      codeMinutes.map((value) => ({ value, label: t('setup.minutes', { count: Number(value) }) })),
      this.values.code,
      (code) => this.#change({ code }),
    )}`;
  }

  read(): PortalChange {
    const { idle, code } = this.values;
    return {
      idleMinutes: Number(idle) as NonNullable<PortalChange['idleMinutes']>,
      codeMinutes: Number(code) as NonNullable<PortalChange['codeMinutes']>,
    };
  }

  refuse(): boolean {
    return false;
  }

  #change(values: Partial<SessionsSection['values']>): void {
    Object.assign(this.values, values);
    this.place.host.requestUpdate();
  }
}
