import { encode } from 'uqr';

const svg = 'http://www.w3.org/2000/svg';

/** A QR code of a text, dark on light whatever the page's colours are: cameras expect it so. */
export function qrCode(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'L', border: 2 });
  const drawn = document.createElementNS(svg, 'svg');
  drawn.setAttribute('viewBox', `0 0 ${size} ${size}`);
  drawn.setAttribute('shape-rendering', 'crispEdges');
  drawn.setAttribute('class', 'qr');
  const path = document.createElementNS(svg, 'path');
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  path.setAttribute('d', dots.join(''));
  drawn.append(path);
  return drawn;
}
