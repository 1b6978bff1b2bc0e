import { html, nothing } from 'lit';

import type { Invitation, InvitingLine } from '../../../backend/setup/people-backend.js';
import type { OwnedPortal, SetupState } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { fullTime } from '../../../i18n/format.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderLinesField } from '../fields.js';
import { renderPortalPage } from '../portal-pages.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { keptGuests, lineOf, readGuests } from './guests.js';
import { choicesOf, chosenOf, firstGroup, renderInvitedGroups } from './invited-groups.js';

/** As many as the server takes. */
const most = 500;
/** Open ones that are shown at first. */
const shownAtFirst = 100;

interface Known {
  readonly portal: OwnedPortal;
  readonly setup: SetupState;
  readonly open: readonly Invitation[];
}

interface Values {
  people: string;
  /** Chosen before, in this tab. */
  groups?: readonly string[];
}

/** Its groups are the portal's no more, and its reader would not get in. */
const isGone = ({ access, accessGroups }: OwnedPortal, chosen: readonly string[]): boolean =>
  access.kind === 'access-groups' && !chosen.length && accessGroups.length > 0;

/** Why nobody can be invited, and the page that changes it. */
interface Obstacle {
  readonly words: SetupKey;
  readonly step?: 'address' | 'access' | 'name';
}

function obstacleOf({ portal, setup }: Known): Obstacle | undefined {
  const { mail, domains } = setup;
  if (!mail.sends && !mail.keeps) return { words: 'setup.mail-none' };
  const isSystem = domains.find(({ id }) => id === portal.domain)?.kind === 'system';
  if (isSystem) return { words: 'invite.system-domain', step: 'address' };
  if (!portal.open) return { words: 'invite.not-open', step: 'name' };
  if (portal.access.kind === 'sso-only') return { words: 'invite.sso-only', step: 'access' };
  if (portal.access.kind === 'access-groups' && !portal.accessGroups.length)
    return { words: 'invite.no-groups', step: 'access' };
  return undefined;
}

/** Invites people to a portal, one or many, and takes invitations back that nobody has opened. */
export class InvitationsRoom implements Room {
  readonly state = 'invitations';
  readonly #host: RoomHost;
  readonly #slug: string;
  readonly #known: Reading<Known>;
  readonly #inviting: CommandController;
  readonly #changing: CommandController;
  readonly #values: Values = { people: '' };
  #problem: SetupKey | undefined;
  #groupProblem: SetupKey | undefined;
  #report: readonly InvitingLine[] | undefined;
  #said = '';
  #isWhole = false;

  constructor(host: RoomHost, slug: string) {
    this.#host = host;
    this.#slug = slug;
    this.#inviting = new CommandController(host, host);
    this.#changing = new CommandController(host, host);
    Object.assign(this.#values, keptGuests(slug).read());
    this.#known = new Reading(host, async (signal) => {
      const [portal, setup, open] = await Promise.all([
        host.setup.getPortal(slug, { signal }),
        host.setup.setup({ signal }),
        host.setup.listInvitations(slug, { signal }),
      ]);
      return { portal, setup, open };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const { portal } = known;
    const obstacle = obstacleOf(known);
    return html`<div class="stack">
      <a part="link" href="#/">${t('setup.all-portals')}</a>
      ${renderHeading(headingLevel, portal.name)}
      ${renderPortalPage(
        t,
        portal,
        'invitations',
        html`${obstacle ? this.#renderObstacle(obstacle) : this.#renderForm(known)}
          ${this.#renderReport()} ${this.#renderOpen(known)}`,
      )}
    </div>`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderObstacle({ words, step }: Obstacle): unknown {
    const { t } = this.#host;
    return html`<p part="notice">${t(words)}</p>
      ${step ? html`<a part="link" href="#/${this.#slug}/${step}">${t('invite.change-it')}</a>` : nothing}`;
  }

  #renderForm({ portal }: Known): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#inviting;
    const choices = choicesOf(portal);
    const failure = error && !this.#problem && !(this.#groupProblem && choices.length) ? errorText(t, error) : '';
    const count = readGuests(this.#values.people).length;
    return html`<p>${t('invite.about')}</p>
      <form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
        ${renderLinesField({
          name: 'people',
          label: t('invite.people'),
          hint: t('invite.people-hint'),
          value: this.#values.people,
          error: this.#problem && t(this.#problem),
          onInput: (people) => this.#put({ people }),
        })}
        ${renderInvitedGroups(this.#host, choices, this.#chosen, this.#groupProblem, (groups) => this.#put({ groups }))}
        <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
        <div part="actions"><button part="button button-primary next" type="submit" aria-disabled=${pending}>${pending ? t('invite.working') : count ? t('invite.invite', { count }) : t('invite.invite-none')}</button></div>
      </form>`;
  }

  #renderReport(): unknown {
    const { t } = this.#host;
    const lines = this.#report ?? [];
    const has = (outcome: InvitingLine['outcome']) => lines.filter((line) => line.outcome === outcome);
    const counted = (['invited', 'open', 'member', 'refused'] as const).filter((outcome) => has(outcome).length);
    const others = [...has('refused'), ...has('open'), ...has('member')];
    return html`<div role="status" class="stack">${
      lines.length
        ? html`<div part="report" class="stack" tabindex="-1">
            <ul>${counted.map((outcome) => html`<li>${t(`invite.count-${outcome}`, { count: has(outcome).length })}</li>`)}</ul>
            ${others.length ? html`<ul part="rows" role="list">${others.map((line) => this.#renderLine(line))}</ul>` : nothing}
          </div>`
        : nothing
    }</div>`;
  }

  #renderLine({ email, outcome, code = 'malformed' }: InvitingLine): unknown {
    const { t } = this.#host;
    const words =
      outcome === 'refused' ? t(`invite.refused-${code}`) : outcome === 'invited' ? '' : t(`invite.line-${outcome}`);
    return html`<li part="row"><p><bdi>${email}</bdi> <span part=${outcome === 'refused' ? 'error' : 'status'}>${words}</span></p></li>`;
  }

  #renderOpen({ open, ...known }: Known): unknown {
    const { t, locale } = this.#host;
    const { pending, error } = this.#changing;
    const shown = this.#isWhole ? open : open.slice(0, shownAtFirst);
    const canSend = !obstacleOf({ open, ...known });
    const { portal } = known;
    const action = (part: string, words: string, email: string, handle: () => unknown) =>
      html`<button part="button button-plain ${part}" type="button" aria-label="${words}: ${email}" aria-disabled=${pending} @click=${handle}>${words}</button>`;
    return html`<section part="group" aria-labelledby="open-label">
      <p part="label" id="open-label" tabindex="-1">${t('invite.open')}</p>
      <p class="meta" role="status">${this.#said || (open.length ? nothing : t('invite.open-none'))}</p>
      <p part="error" role="alert" ?hidden=${!error}>${error ? errorText(t, error) : nothing}</p>
      ${
        open.length
          ? html`<ul part="rows" role="list">${shown.map(
              (invitation) => html`<li part="row choice">
                <div>
                  <p><bdi>${invitation.email}</bdi> <span class="meta">${t('invite.until', { time: fullTime(locale, invitation.expiresAt) })}</span></p>
                  ${this.#renderJoins(portal, invitation)}
                </div>
                <div part="actions">
                  ${canSend ? action('again', t('invite.again'), invitation.email, () => this.#again(invitation)) : nothing}
                  ${action('remove', t('invite.revoke'), invitation.email, () => this.#revoke(invitation))}
                </div>
              </li>`,
            )}</ul>`
          : nothing
      }
      ${shown.length < open.length ? html`<button part="button more-rows" type="button" @click=${this.#handleMore}>${t('rooms.more')}</button>` : nothing}
    </section>`;
  }

  #renderJoins(portal: OwnedPortal, { accessGroups }: Invitation): unknown {
    const { t, locale } = this.#host;
    if (isGone(portal, accessGroups)) return html`<p part="notice">${t('invite.groups-gone')}</p>`;
    if (!choicesOf(portal).length) return nothing;
    return html`<p class="meta">${t('setup.groups')}: <bdi>${new Intl.ListFormat(locale).format(accessGroups)}</bdi></p>`;
  }

  get #chosen(): readonly string[] {
    const portal = this.#known.value?.portal;
    return portal ? chosenOf(choicesOf(portal), this.#values.groups) : [];
  }

  #put(change: Partial<Values>): void {
    Object.assign(this.#values, change);
    this.#problem = undefined;
    this.#groupProblem = undefined;
    keptGuests(this.#slug).write(this.#values);
    this.#host.requestUpdate();
  }

  #say(problem: SetupKey): void {
    this.#problem = problem;
    this.#host.requestUpdate();
    this.#host.focusOn('#people');
  }

  #sayOfGroups(problem: SetupKey): void {
    this.#groupProblem = problem;
    this.#host.requestUpdate();
    this.#host.focusOn(firstGroup);
  }

  #hasChosen(): boolean {
    const portal = this.#known.value?.portal;
    return this.#chosen.length > 0 || !portal || !choicesOf(portal).length;
  }

  /** What is sent of the groups: nothing where nobody is asked. */
  #asked(): readonly string[] | undefined {
    return this.#chosen.length ? this.#chosen : undefined;
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#inviting.pending) return;
    const guests = readGuests(this.#values.people);
    if (!guests.length) return this.#say('invite.nobody');
    if (guests.length > most) return this.#say('invite.too-many');
    if (!this.#hasChosen()) return this.#sayOfGroups('invite.no-group');
    const groups = this.#asked();
    this.#report = undefined;
    this.#said = '';
    let report: readonly InvitingLine[] | undefined;
    await this.#inviting.run(async () => {
      report = await this.#host.setup.inviteMany(this.#slug, guests, groups);
    });
    if (!report) return this.#sayRefused();
    this.#report = report;
    // What was refused stays, to be put right.
    const isLeft = ({ outcome, code }: InvitingLine) => outcome === 'refused' && code !== 'repeated';
    const left = guests.filter((_, at) => report?.[at] && isLeft(report[at]));
    this.#put({ people: left.map(lineOf).join('\n') });
    await this.#known.refresh();
    this.#host.focusOn('[part~=report]');
  };

  async #sayRefused(): Promise<void> {
    const isOfGroups = this.#inviting.error?.fields?.some(({ path }) => path.startsWith('accessGroups'));
    if (!isOfGroups) return this.#host.focusOn('form > [part=error]');
    // Somebody has changed the groups of the portal meanwhile.
    await this.#known.refresh();
    this.#sayOfGroups('invite.group-gone');
  }

  async #again({ email, accessGroups }: Invitation): Promise<void> {
    const portal = this.#known.value?.portal;
    // It keeps its groups, where it has any.
    const isAsked = !!portal && isGone(portal, accessGroups);
    if (isAsked && !this.#hasChosen()) return this.#sayOfGroups('invite.no-group');
    await this.#turn('invite.sent-again', email, async () => {
      await this.#host.setup.invite(this.#slug, { email }, isAsked ? this.#asked() : undefined);
    });
  }

  async #revoke({ id, email }: Invitation): Promise<void> {
    await this.#turn('invite.revoked', email, () => this.#host.setup.revokeInvitation(this.#slug, id));
  }

  async #turn(words: SetupKey, email: string, work: () => Promise<void>): Promise<void> {
    this.#said = '';
    const isDone = await this.#changing.run(work);
    if (isDone) this.#said = this.#host.t(words, { email });
    // Somebody may have opened it meanwhile.
    await this.#known.refresh();
    this.#host.focusOn('#open-label');
  }

  readonly #handleMore = (): void => {
    this.#isWhole = true;
    this.#host.requestUpdate();
  };
}
