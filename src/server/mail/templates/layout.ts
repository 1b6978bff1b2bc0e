/* oxlint-disable lit/quoted-expressions -- the `html` of Hono, which writes what it is given and adds no quotes */
import { html } from 'hono/html';

import type { MailText, MailWords } from './words.js';

/** All that a mail shows. */
export interface MailParts extends MailText {
  readonly words: MailWords;
  readonly sender: string;
  readonly name: string | null;
  /** In groups; `null` where the link is all. */
  readonly code: string | null;
  readonly link: string;
}

export function textOf({ words, sender, name, lead, before, code, button, link, after }: MailParts): string {
  const parts = [
    lead,
    words.greeting(name),
    ...before,
    ...(code === null ? [] : [`    ${code}`]),
    `${button}:\n${link}`,
    ...after,
    `-- \n${sender}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/**
 * Colours are said on each element, as some programs take style sheets away; the sheet turns them where it is dark. Nothing is
 * loaded from anywhere.
 */
const sheet = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #16191b !important; }
    .text { color: #e9e6df !important; }
    .muted, .muted a { color: #a6abac !important; }
    .line { border-color: #3a4043 !important; }
    .code { background: #22272a !important; color: #f4f1ea !important; }
    .button { background: #e9e6df !important; color: #16191b !important; }
  }`;

const ink = '#21262b';
const grey = '#5d646b';
const styles = {
  page: "background:#ffffff;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
  unseen: 'display:none;max-height:0;overflow:hidden',
  paragraph: `margin:0 0 16px;font-size:16px;line-height:1.5;color:${ink}`,
  small: `margin:0 0 12px;font-size:14px;line-height:1.5;color:${grey}`,
  foot: `margin:24px 0 0;padding-top:16px;border-top:1px solid #dedbd2;font-size:14px;line-height:1.5;color:${grey}`,
  code:
    `margin:24px 0;padding:16px 8px;border-radius:8px;background:#f4f2ec;color:${ink};letter-spacing:2px;` +
    "font:600 30px/1.3 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;text-align:center;white-space:nowrap",
  button:
    `display:inline-block;padding:12px 22px;border-radius:6px;background:${ink};color:#ffffff;` +
    'font-size:16px;font-weight:600;line-height:1.25;text-decoration:none',
  address: `color:${grey};word-break:break-all`,
} as const;

/** One column, in tables, as some programs know nothing else that keeps a width. */
export async function htmlOf(parts: MailParts): Promise<string> {
  const { words, sender, name, subject, lead, before, code, button, link, after } = parts;
  const { locale, dir } = words;
  // Without a code the first line is what the mail has to say.
  const paragraphs = [words.greeting(name), ...(code === null ? [lead] : []), ...before];
  const page = await html`<!doctype html>
<html lang="${locale}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${subject}</title>
<style>${sheet}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#ffffff">
<div style="${styles.unseen}">${lead}</div>
<div lang="${locale}" dir="${dir}" class="page" style="${styles.page}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td align="center" style="padding:32px 20px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:480px">
<tr><td style="text-align:start">
${paragraphs.map((text) => html`<p dir="auto" class="text" style="${styles.paragraph}">${text}</p>\n`)}
${code === null ? '' : html`<p dir="ltr" class="code" style="${styles.code}">${code}</p>`}
<p style="margin:24px 0"><a href="${link}" class="button" style="${styles.button}">${button}</a></p>
<p class="muted" style="${styles.small}">${words.address}<br>
<a href="${link}" dir="ltr" style="${styles.address}">${link}</a></p>
${after.map((text) => html`<p dir="auto" class="muted" style="${styles.small}">${text}</p>\n`)}
<p dir="auto" class="muted line" style="${styles.foot}">${sender}</p>
</td></tr>
</table>
</td></tr>
</table>
</div>
</body>
</html>
`;
  return page.toString();
}
