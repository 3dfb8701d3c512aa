// Makes ../wwwroot/vendor/world/world.json from Natural Earth: npm i world-atlas@2 topojson-client i18n-iso-countries; node build-world.mjs
// Countries are drawn at 1:110 million in the Natural Earth projection (Patterson 2011, polynomial of Savric et al. 2011),
// one unit = 1/10 degree at the equator; places too small for that scale become octagons at their center.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { feature } = require('topojson-client');
const codes = require('i18n-iso-countries');
const coarse = require('world-atlas/countries-110m.json');
const fine = require('world-atlas/countries-50m.json');

const UNIT = 573; // radians to 1/10 degrees
function project([longitude, latitude]) {
  const l = longitude * Math.PI / 180, p = latitude * Math.PI / 180, p2 = p * p, p4 = p2 * p2;
  const x = l * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  const y = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  return [Math.round(x * UNIT), Math.round(y * UNIT)];
}

// Outlines that cross the antimeridian go on beyond 180 degrees instead of leaping across the map.
function unwrap(points) {
  let shift = 0;
  return points.map(([longitude, latitude], i) => {
    if (i > 0 && longitude - points[i - 1][0] > 180) shift -= 360;
    if (i > 0 && longitude - points[i - 1][0] < -180) shift += 360;
    return [longitude + shift, latitude];
  });
}

function ring(points) {
  const out = [];
  for (const point of unwrap(points).map(project))
    if (!out.length || out.at(-1)[0] !== point[0] || out.at(-1)[1] !== point[1]) out.push(point);
  return out;
}

const polygons = g => g.type === 'Polygon' ? [g.coordinates] : g.coordinates;
const area = r => Math.abs(r.reduce((sum, [x, y], i) => sum + x * r[(i + 1) % r.length][1] - r[(i + 1) % r.length][0] * y, 0)) / 2;

function octagon(geometry) {
  const largest = polygons(geometry).map(p => p[0]).sort((a, b) => area(b) - area(a))[0];
  const center = [0, 1].map(i => (Math.min(...largest.map(p => p[i])) + Math.max(...largest.map(p => p[i]))) / 2);
  const [x, y] = project(center);
  const r = 11;
  const corners = [...Array(8).keys()].map(i => [
    Math.round(x + r * Math.cos(Math.PI * (i + 0.5) / 4)), Math.round(y + r * Math.sin(Math.PI * (i + 0.5) / 4))]);
  return { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
}

const english = new Intl.DisplayNames('en', { type: 'region' });
const japanese = new Intl.DisplayNames('ja', { type: 'region' });
function entry(id, name, geometry) {
  const iso = id ? codes.numericToAlpha2(id) ?? '' : name === 'Kosovo' ? 'XK' : '';
  return {
    type: 'Feature',
    properties: { name: iso || name, en: iso ? english.of(iso) : name, ja: iso ? japanese.of(iso) : name },
    geometry,
  };
}

const drawn = feature(coarse, coarse.objects.countries).features.filter(f => f.properties.name !== 'Antarctica');
const known = new Set(drawn.map(f => f.id));
const features = drawn.map(f => entry(f.id, f.properties.name, {
  type: 'MultiPolygon',
  coordinates: polygons(f.geometry).map(p => p.map(ring).filter(r => r.length > 3)).filter(p => p.length),
}));
for (const f of feature(fine, fine.objects.countries).features)
  if (f.id && !known.has(f.id) && !['010', '334', '239', '086'].includes(f.id))
    features.push(entry(f.id, f.properties.name, octagon(f.geometry)));

writeFileSync(new URL('../wwwroot/vendor/world/world.json', import.meta.url),
  JSON.stringify({ type: 'FeatureCollection', features }));

// Names of all ISO countries for the server's tables.
const names = {};
for (const code of Object.keys(codes.getAlpha2Codes()).sort()) names[code] = [english.of(code), japanese.of(code)];
names.XK = [english.of('XK'), japanese.of('XK')];
writeFileSync(new URL('../Language/countries.json', import.meta.url), JSON.stringify(names, null, 0).replaceAll('],"', '],\n"') + '\n');
