import { css } from 'lit';

export const login = css`
  form {
    max-inline-size: 24rem;
  }

  .password {
    display: flex;
    position: relative;
  }

  .password input {
    padding-inline-end: 5em;
  }

  [part='toggle'] {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    padding-inline: 12px;
  }

  [part='error'] {
    min-block-size: 1.5em;
  }
`;
