import { css } from 'lit';

import { bold, border, borderWidth, dangerText, radius, raised, touch } from './tokens.js';

/**
 * Fields and what names them: they come with the forms that have them. On touch they are 16 px, because phones zoom into
 * smaller ones; a box for longer text grows with what is typed.
 */
export const field = css`
  input,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  [part~='field'] {
    display: grid;
    gap: 4px;
    inline-size: 100%;
  }

  label,
  .label {
    font-weight: ${bold};
  }

  input,
  textarea {
    inline-size: 100%;
    min-block-size: ${touch};
    padding: 9px 12px;
    border: ${borderWidth} solid ${border};
    border-radius: ${radius};
    background: ${raised};
  }

  [aria-invalid='true'] {
    border: 2px solid ${dangerText};
  }

  /* What comes into it comes late, and should move nothing. */
  [part='files-box'] {
    min-block-size: calc(${touch} + 4px);
  }

  @media (pointer: coarse) {
    input,
    textarea {
      font-size: max(16px, 1em);
    }
  }

  textarea {
    min-block-size: 8em;
    resize: vertical;
    field-sizing: content;
  }

  /* Above the keyboard of a phone there is room for both. */
  @media (pointer: coarse) {
    textarea {
      max-block-size: 40svh;
    }

    [type='submit'] {
      scroll-margin-block: 12px;
    }
  }
`;
