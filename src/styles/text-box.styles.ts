import { css } from 'lit';

/** A box for longer text: it grows with what is typed. */
export const textBox = css`
  textarea {
    min-block-size: 8em;
    resize: vertical;
    field-sizing: content;
  }
`;
