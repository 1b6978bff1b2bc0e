/** A size in the largest unit that keeps it at one or more. */
export function fileSize(locale: string, bytes: number): string {
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = (['byte', 'kilobyte', 'megabyte'] as const)[power];
  const format = { style: 'unit', unit, unitDisplay: power ? 'short' : 'long', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format as Intl.NumberFormatOptions).format(bytes / 1000 ** power);
}
