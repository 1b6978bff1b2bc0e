import providers from 'email-providers';

const known = new Set<string>(providers);

/** Does a provider give addresses of this domain, or of one above it, to anybody? */
export const isFreeMail = (domain: string): boolean => {
  const labels = domain.toLowerCase().split('.');
  return labels.some((_, at) => known.has(labels.slice(at).join('.')));
};
