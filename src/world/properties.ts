import type { LocalText, WorldProperty } from './world.js';

const both = (en: string, pl: string): LocalText => ({ en, pl });
const product = (value: string, pl: string) => ({ value, label: both(value, pl) });

/** What Tarnfield's customers see of a ticket beside its text, in the order of the list's columns. */
export const propertyDefinitions: readonly WorldProperty[] = [
  {
    name: 'product',
    type: 'choice',
    label: both('Product', 'Produkt'),
    options: [
      product('Hub 2', 'Hub 2 (bramka)'),
      product('Dial', 'Dial (termostat)'),
      product('Valve', 'Valve (głowica)'),
      product('Sensor', 'Sensor (czujnik)'),
      product('Console', 'Konsola'),
      product('App', 'Aplikacja'),
      product('API', 'API'),
    ],
  },
  { name: 'site', type: 'text', label: both('Site', 'Obiekt'), options: null },
  { name: 'serial', type: 'text', label: both('Serial number', 'Numer seryjny'), options: null },
  { name: 'units', type: 'number', label: both('Units', 'Liczba sztuk'), options: null },
  { name: 'installed', type: 'date', label: both('Installed', 'Data montażu'), options: null },
];
