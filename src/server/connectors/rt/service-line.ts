import type { Writer } from '../connector.js';

const ending = ' wrote in the customer portal:';

/** Control characters and line ends, which have no place in one line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** Puts in front of what the service account writes whom it writes it for, so that staff can tell. */
export const withLine = ({ name, email }: Writer, text: string): string =>
  `${oneLine(name)} <${email}>${ending}\n\n${text}`;

/** The text without that line. */
export const without = (text: string): string =>
  text.replace(/^[^\n]* <[^\n>]*> wrote in the customer portal:\n\n?/, '');
