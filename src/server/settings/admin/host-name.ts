/** Why a text is no name that a portal can be found by. */
export type HostFault =
  | 'missing'
  | 'space'
  | 'scheme'
  | 'path'
  | 'ip'
  | 'port'
  | 'trailing-dot'
  | 'local'
  | 'no-dot'
  | 'too-long'
  | 'character';

/** What browsers send for a name that somebody types: lower case, and other letters than ASCII in their ASCII form. */
export function readHost(
  text: string,
): { readonly host: string; readonly fault: null } | { readonly host: null; readonly fault: HostFault } {
  const wrong = faultOf(text);
  if (wrong) return { host: null, fault: wrong };
  const { hostname: host } = new URL(`https://${text}`);
  const fault = faultOfName(host);
  return fault ? { host: null, fault } : { host, fault };
}

/** What is wrong with a name in the form that browsers send. */
function faultOfName(host: string): HostFault | null {
  if (/^[\d.]+$/.test(host)) return 'ip';
  if (/(^|\.)localhost$/.test(host)) return 'local';
  if (!host.includes('.')) return 'no-dot';
  const labels = host.split('.');
  if (host.length > 253 || labels.some((label) => label.length > 63)) return 'too-long';
  return labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label)) ? null : 'character';
}

/** What is wrong with it before it is read as part of an address, where each of these would mean something. */
function faultOf(text: string): HostFault | null {
  if (text === '') return 'missing';
  if (/\s/.test(text)) return 'space';
  if (/^([a-z][a-z0-9+.-]*:)?\/\//i.test(text)) return 'scheme';
  if (/[/?#\\]/.test(text)) return 'path';
  if (/^\[|:.*:/.test(text)) return 'ip';
  if (text.includes(':')) return 'port';
  if (text.endsWith('.')) return 'trailing-dot';
  return /[@%]/.test(text) || !URL.canParse(`https://${text}`) ? 'character' : null;
}
