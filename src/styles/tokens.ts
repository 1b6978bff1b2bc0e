import { css } from 'lit';

/*
 * Every colour is mixed from the page's own text colour, so that an element fits a page that is light, dark, or dark by
 * a class that only the page knows. `--portal-*` properties come first; each chain ends in a literal.
 */
export const accent = css`var(--portal-color-accent, #2f5fd0)`;
export const onAccent = css`var(--portal-color-on-accent, #fff)`;
/** The accent as a text colour: pulled towards the text, it keeps its contrast on light and on dark. */
export const accentText = css`color-mix(in oklab, ${accent} 60%, currentColor)`;
export const dangerText = css`color-mix(in oklab, var(--portal-color-danger, #d13415) 75%, currentColor)`;
export const muted = css`var(--portal-color-muted, color-mix(in oklab, currentColor 74%, transparent))`;
export const line = css`var(--portal-color-line, color-mix(in oklab, currentColor 16%, transparent))`;
/** Borders of fields need more contrast than lines between rows. */
export const border = css`var(--portal-color-border, color-mix(in oklab, currentColor 55%, transparent))`;
export const tint = css`var(--portal-color-tint, color-mix(in oklab, currentColor 5%, transparent))`;
export const radius = css`var(--portal-radius, 6px)`;
export const space = css`var(--portal-space, 16px)`;
/** No control is smaller than a finger. */
export const touch = css`var(--portal-control-height, 44px)`;
export const threadWidth = css`var(--portal-thread-width, 70ch)`;
