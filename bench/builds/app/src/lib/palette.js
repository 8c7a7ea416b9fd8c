import { hsl, rgb } from 'd3-color';
import { interpolateRgb } from 'd3-interpolate';

/** `count` colours from a dark to a light shade of a hue, as CSS writes them. */
export function shadesOf(hue, count) {
  const dark = hsl(hue, 0.6, 0.25);
  const light = hsl(hue, 0.4, 0.92);
  const between = interpolateRgb(dark.toString(), light.toString());
  return Array.from({ length: count }, (_, index) => between(index / Math.max(1, count - 1)));
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(colour) {
  const { r, g, b } = rgb(colour);
  return (r * 299 + g * 587 + b * 114) / 1000 > 140 ? 'black' : 'white';
}
