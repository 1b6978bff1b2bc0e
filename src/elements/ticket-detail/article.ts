/** The article that a ticket was opened from. Only an address of the web becomes a link. */
export function articleOf(properties: Readonly<Record<string, string>>): { url: string; title: string } | undefined {
  const { articleUrl: url = '', articleTitle: title } = properties;
  return /^https?:\/\//i.test(url) ? { url, title: title || url } : undefined;
}
