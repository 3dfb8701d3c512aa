// The same data as a table and as CSV.
import { clock } from './chart-options.js';

// Column names, then rows of raw values.
export function rows(spec, words) {
  switch (spec.kind) {
    case 'map':
      return [[spec.xLabel, words.sources, words.packets],
        spec.places.toSorted((a, b) => b.sources - a.sources).map(place => [place.name, place.sources, place.packets])];
    case 'heat':
      return [[spec.xLabel, spec.yLabel, words.packets],
        spec.cells.map(([x, y, value]) => [spec.categories[x], spec.rows[y], value])];
    case 'graph':
      return [[spec.xLabel, spec.yLabel, words.weight],
        spec.cells.map(([from, to, weight]) => [spec.categories[from], spec.categories[to], weight])];
    case 'bars':
      return [[spec.yLabel, ...spec.series.map(series => series.name)],
        spec.categories.map((category, i) => [category, ...spec.series.map(series => series.values[i])])];
    default: {
      // A column for each line, and two for each band.
      const bands = spec.bands ?? [];
      const columns = [
        ...spec.series,
        ...bands.flatMap(band => [{ name: `${band.name} ≥`, values: band.lower }, { name: `${band.name} ≤`, values: band.upper }]),
      ];
      const times = new Map();
      columns.forEach((one, column) => one.values.forEach((value, i) => {
        const at = one.times?.[i] ?? spec.start + i * spec.step;
        if (!times.has(at)) times.set(at, [new Date(at), ...columns.map(() => null)]);
        times.get(at)[column + 1] = value;
      }));
      return [[spec.xLabel, ...columns.map(one => one.name)], [...times.keys()].toSorted((a, b) => a - b).map(at => times.get(at))];
    }
  }
}

export function table(spec, words, context) {
  const [names, lines] = rows(spec, words);
  const number = new Intl.NumberFormat(context.language, { maximumFractionDigits: 2 });
  const made = document.createElement('table');
  const head = made.createTHead().insertRow();
  const isNumber = column => lines.some(line => typeof line[column] === 'number');
  names.forEach((name, column) => {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    if (isNumber(column)) cell.className = 'number';
    head.append(cell);
  });
  const body = made.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    line.forEach((value, column) => {
      const cell = row.insertCell();
      if (isNumber(column)) cell.className = 'number';
      if (value instanceof Date) {
        cell.textContent = clock(value, context, true);
        cell.title = value.toISOString();
      } else {
        cell.textContent = value === null || value === undefined ? words.gap
          : typeof value === 'number' ? number.format(value) : value;
      }
    });
  }
  return made;
}

export function csv(spec, words) {
  const [names, lines] = rows(spec, words);
  const cell = value => {
    if (value === null || value === undefined) return '';
    if (value instanceof Date) return value.toISOString();
    if (typeof value === 'number') return String(value);
    // A spreadsheet takes these for formulas.
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const mark = spec.mark ? [`# ${spec.mark}`] : [];
  return [...mark, ...[names, ...lines].map(line => line.map(cell).join(','))].join('\r\n') + '\r\n';
}
