import { css } from 'lit';

import { accent, bold, border, line, onAccent, space, touch } from '../../styles/tokens.js';

/**
 * Of the dialog alone: it comes with the dialog's code. Its surface is that of the page around the portal (`--portico-page`,
 * see `surfaceAround`), for text inherits the page's colour and the browser's own surface knows nothing of it.
 */
export const dialogStyles = css`
  :host {
    display: contents;
  }

  [part='dialog'] {
    inline-size: min(100% - 2 * ${space}, var(--portal-dialog-width, 68rem));
    max-inline-size: none;
    block-size: min(100% - 2 * ${space}, var(--portal-dialog-height, 46rem));
    max-block-size: none;
    padding: 0;
    border: 1px solid ${border};
    border-radius: var(--portal-dialog-radius, 10px);
    background: var(--portal-dialog-surface, var(--portico-page, Canvas));
    color: inherit;
    font-family: var(--portal-font-family, inherit);
    overscroll-behavior: contain;
  }

  [part='dialog'][open] {
    display: flex;
    flex-direction: column;
  }

  [part='dialog']::backdrop {
    background: var(--portal-dialog-backdrop, rgb(0 0 0 / 45%));
  }

  [part='dialog-header'] {
    display: flex;
    flex: none;
    gap: ${space};
    align-items: center;
    justify-content: space-between;
    padding-inline: calc(1.5 * ${space});
    border-block-end: 1px solid ${line};
  }

  [part='dialog-title'] {
    font-weight: ${bold};
  }

  .body {
    flex: 1;
    min-block-size: 0;
    container-type: size;
    padding: ${space} calc(1.5 * ${space});
    overflow: auto;
    overscroll-behavior: contain;
  }

  [part~='corner-button'] {
    position: fixed;
    inset-block-end: max(${space}, env(safe-area-inset-bottom));
    inset-inline-end: max(${space}, env(safe-area-inset-left), env(safe-area-inset-right));
    z-index: 10;
    gap: 8px;
    min-inline-size: ${touch};
    border-radius: var(--portal-corner-radius, calc(${touch} / 2));
    font-family: var(--portal-font-family, inherit);
    transition: opacity var(--portal-duration, 0.2s);
  }

  [part~='corner-button'] > * {
    --portal-color-count: ${onAccent};
    --portal-color-on-count: ${accent};
  }

  [part~='corner-button'] > :not([data-state='unread']) {
    display: none;
  }

  [part~='corner-button'].aside:not(:focus) {
    opacity: 0;
    pointer-events: none;
  }

  @media (max-width: 40rem) {
    [part='dialog'] {
      inline-size: 100%;
      block-size: 100%;
      border: 0;
      border-radius: 0;
    }

    [part='dialog-header'],
    .body {
      padding-inline: max(${space}, env(safe-area-inset-left), env(safe-area-inset-right));
    }

    .body {
      padding-block-end: max(${space}, env(safe-area-inset-bottom));
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part~='corner-button'] {
      transition: none;
    }
  }

  @media print {
    [part~='corner-button'] {
      display: none;
    }
  }
`;
