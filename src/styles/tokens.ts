import { css } from 'lit';

/*
 * Tokens that more than one sheet reads; the others stand where they are used. Every colour is mixed from the page's own
 * text colour, so that an element fits a page that is light, dark, or dark by a class that only the page knows.
 * `--portal-*` properties come first; each chain ends in a literal. `--portico-*` is between the sheets: how strong the
 * mixed colours are, which a reader may want to be more (see `base`).
 */
export const accent = css`var(--portal-color-accent, #2f5fd0)`;
export const onAccent = css`var(--portal-color-on-accent, #fff)`;
/** The accent as a text colour: pulled towards the text, it keeps its contrast on light and on dark. */
export const accentText = css`color-mix(in oklab, ${accent} 60%, currentColor)`;
export const dangerText = css`color-mix(in oklab, var(--portal-color-danger, #d13415) 75%, currentColor)`;
export const raised = css`var(--portal-color-surface-raised, transparent)`;
export const muted = css`var(--portal-color-muted, color-mix(in oklab, currentColor var(--portico-muted, 74%), transparent))`;
export const line = css`var(--portal-color-line, color-mix(in oklab, currentColor var(--portico-line, 16%), transparent))`;
/** Borders of fields need more contrast than lines between rows. */
export const border = css`var(--portal-color-border, color-mix(in oklab, currentColor var(--portico-border, 60%), transparent))`;
export const focus = css`var(--portal-focus-width, 2px) solid var(--portal-color-focus, ${accentText})`;
export const small = css`var(--portal-font-size-small, 0.875em)`;
export const bold = css`var(--portal-font-weight-bold, 600)`;
export const radius = css`var(--portal-radius, 6px)`;
export const noticeRadius = css`var(--portal-notice-radius, 0)`;
export const space = css`var(--portal-space, 16px)`;
/** No control is smaller than a finger. */
export const touch = css`var(--portal-control-height, 44px)`;
export const borderWidth = css`var(--portal-control-border-width, 1px)`;
/** The line along the start of a notice or a message. */
export const edge = css`var(--portal-edge-width, 3px)`;
export const threadWidth = css`var(--portal-thread-width, 70ch)`;
