/** A help page with the portal in it: the one line that everybody pastes. */
export const helpPage = (portal: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="content-security-policy" content="default-src 'none'; script-src ${portal}; connect-src ${portal} 'self'; img-src data: blob:; frame-src *; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html dompurify" />
    <title>When a hub goes offline</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <h1>When a hub goes offline</h1>
    <p>Press the network cable in until it clicks.</p>
    <section aria-labelledby="support"><h2 id="support">Support</h2>
      <script type="module" src="${portal}/help/embed.js"></script>
      <customer-portal><a href="${portal}/help/">Your tickets</a></customer-portal>
    </section>
  </body>
</html>`;

/** Where somebody goes from there. */
export const otherPage =
  '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Other</title><h1>Other</h1></html>';

/** Of somebody who means harm; what it does is run in it. */
export const strangePage =
  '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Win</title><body></body></html>';
