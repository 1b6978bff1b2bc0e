/** Where the portal is and where the pages are that embed it: each layout asks the browser for other cookies. */
export interface Places {
  /** Origin of the portal. */
  readonly portal: string;
  /** Origins of help pages. */
  readonly pages: { readonly 'same origin': string; readonly 'same site': string; readonly 'another site': string };
  /** Origins of pages that the portal does not know. */
  readonly strangers: { readonly 'another site': string; readonly 'the same site': string };
}

export const placesOf = (scheme: 'http' | 'https', hosts: HostNames): Places => ({
  portal: `${scheme}://${hosts.portal}`,
  pages: {
    'same origin': `${scheme}://${hosts.portal}`,
    'same site': `${scheme}://${hosts.sameSite}`,
    'another site': `${scheme}://${hosts.anotherSite}`,
  },
  strangers: {
    'another site': `${scheme}://${hosts.stranger}`,
    'the same site': `${scheme}://${hosts.strangerOfSite}`,
  },
});

/** Each with its port. */
export interface HostNames {
  readonly portal: string;
  readonly sameSite: string;
  readonly anotherSite: string;
  readonly stranger: string;
  readonly strangerOfSite: string;
}

/** As a company has them. Browsers are told that all of them are this machine. */
export const companyHosts = (port: number): HostNames => ({
  portal: `support.example.com:${port}`,
  sameSite: `kb.example.com:${port}`,
  anotherSite: `kb.example.net:${port}`,
  stranger: `evil.example.org:${port}`,
  strangerOfSite: `evil.example.com:${port}`,
});

/** As the demo runs: a port makes another origin, but of the same site; the number of this machine is another site than its name. */
export const loopbackHosts = (port: number, other: number): HostNames => ({
  portal: `localhost:${port}`,
  sameSite: `localhost:${other}`,
  anotherSite: `127.0.0.1:${other}`,
  stranger: `127.0.0.1:${port}`,
  strangerOfSite: `help.localhost:${other}`,
});

export const certifiedNames = ['example.com', 'example.net', 'example.org'].flatMap((domain) => [
  domain,
  `*.${domain}`,
]);
