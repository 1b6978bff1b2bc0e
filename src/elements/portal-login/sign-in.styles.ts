import { css } from 'lit';

import { bold, edge, line, space } from '../../styles/tokens.js';

/** Of the form alone: it comes with the form's code. */
export const signInStyles = css`
  form {
    max-inline-size: var(--portal-form-width, 26em);
  }

  [part='control'] {
    display: flex;
    position: relative;
  }

  .password input,
  .new-password input {
    padding-inline-end: 5em;
  }

  .code input {
    font-size: 1.25em;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.12em;
    text-transform: uppercase;
  }

  [part~='toggle'] {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    padding-inline: 12px;
  }

  form [part='notice'] {
    padding-inline-start: ${space};
    border-inline-start: ${edge} solid ${line};
  }

  [part='code'] {
    font-size: 2.25em;
    font-weight: ${bold};
    font-variant-numeric: tabular-nums;
    line-height: 1.25;
    letter-spacing: 0.1em;
    white-space: nowrap;
    user-select: all;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    min-block-size: 0;
    padding: 0;
    border: 0;
    clip-path: inset(50%);
  }

  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
  }

  [part='connections'] {
    display: grid;
    gap: 12px;
    justify-items: start;
  }

  [part='steps'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 24px;
  }

  @container (max-width: 24em) {
    [part='actions'],
    [part='actions'] [part~='button'] {
      inline-size: 100%;
    }
  }
`;
