// From a spec to what the chart library draws.

// Okabe and Ito, ordered so that the first ones differ most; lighter or darker where the ground asks for it.
export const palette = dark => dark
  ? ['#56b4e9', '#e69f00', '#2fc49a', '#e08fbd', '#f0e442', '#ff8a4c', '#a9b4bd', '#8fa8ff']
  : ['#0072b2', '#b36b00', '#00805f', '#b0467f', '#1f6f9c', '#c24e00', '#4a5660', '#4b4ba8'];

const viridis = ['#440154', '#46327e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#a0da39', '#fde725'];
const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [12, 4], [2, 4], [6, 2], [14, 3, 3, 3]];

// Width over height of the drawn world.
const mapAspect = 2.29;

const formats = new Map();
export function clock(date, context, full) {
  const key = `${context.zone} ${full}`;
  if (!formats.has(key)) {
    const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: context.zone };
    formats.set(key, new Intl.DateTimeFormat('sv-SE', full ? { ...parts, year: 'numeric', month: '2-digit', day: '2-digit' } : parts));
  }
  return formats.get(key).format(date);
}

const day = (date, context) => clock(date, context, true).slice(5, 10);

function short(value) {
  const size = Math.abs(value);
  const cut = number => String(Math.round(number * 10) / 10);
  return size >= 1e9 ? `${cut(value / 1e9)}G` : size >= 1e6 ? `${cut(value / 1e6)}M` : size >= 1e4 ? `${cut(value / 1e3)}k` : cut(value);
}

function tip(lines) {
  const box = document.createElement('div');
  box.className = 'tip';
  for (const { text, value, strong, faint } of lines) {
    const line = document.createElement('div');
    const left = document.createElement(strong ? 'b' : 'span');
    left.textContent = text;
    if (faint) left.className = 'utc';
    line.append(left);
    if (value !== undefined) {
      const right = document.createElement('b');
      right.textContent = value;
      line.append(right);
    }
    box.append(line);
  }
  return box;
}

export function options(spec, context) {
  const { color } = context;
  const common = {
    animation: false,
    textStyle: { fontFamily: 'system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Liberation Sans", sans-serif', color: color('soft') },
    color: context.palette,
    tooltip: {
      confine: true,
      backgroundColor: color('panel'),
      borderColor: color('line-strong'),
      borderWidth: 1,
      padding: [8, 12],
      transitionDuration: 0,
      textStyle: { color: color('text'), fontSize: 13 },
    },
  };
  const number = value => new Intl.NumberFormat(context.language, { maximumFractionDigits: 2 }).format(value);
  return { ...common, ...{ lines, bars, map, heat, graph }[spec.kind](spec, context, common.tooltip, number) };
}

const axis = (context, more) => ({
  axisLine: { lineStyle: { color: context.color('line-strong') } },
  axisTick: { lineStyle: { color: context.color('line-strong') } },
  axisLabel: { color: context.color('soft'), fontSize: 12, hideOverlap: true },
  splitLine: { lineStyle: { color: context.color('line') } },
  nameTextStyle: { color: context.color('soft'), fontSize: 12 },
  ...more,
});

function lines(spec, context, tooltip, number) {
  const { color, words } = context;
  const many = spec.series.length > 1;
  const step = spec.step ?? 60000;
  const names = new Set(spec.series.map(one => one.name));
  const series = spec.series.map((one, index) => {
    const at = i => one.times?.[i] ?? spec.start + i * step;
    const lonely = new Set(one.values.flatMap((value, i) =>
      value !== null && (one.values[i - 1] ?? null) === null && (one.values[i + 1] ?? null) === null ? [i] : []));
    return {
      name: one.name,
      type: 'line',
      step: false,
      symbol: 'circle',
      showSymbol: lonely.size > 0,
      symbolSize: (_, item) => (lonely.has(item.dataIndex) ? 4 : 0),
      connectNulls: false,
      data: one.values.map((value, i) => [at(i), value]),
      color: context.palette[index % context.palette.length],
      lineStyle: { width: many ? 1.5 : 2, type: many ? dashes[index % dashes.length] : 'solid' },
      areaStyle: many ? undefined : { opacity: 0.12 },
      emphasis: { focus: 'none', lineStyle: { width: 2.5 } },
    };
  });
  // Widest first, so that narrower ones lie on it; each is an unseen line with an area stacked on it.
  const bands = (spec.bands ?? []).toReversed().flatMap((band, index) => [
    { ...area(band.lower, at => spec.start + at * step), name: `${band.name} `, stack: band.name, stackStrategy: 'all', areaStyle: undefined },
    {
      ...area(band.upper.map((upper, i) => (upper === null ? null : upper - band.lower[i])), at => spec.start + at * step),
      name: band.name,
      stack: band.name,
      stackStrategy: 'all',
      itemStyle: { color: context.palette[1], opacity: 0.3 + 0.25 * index },
      areaStyle: { color: context.palette[1], opacity: 0.14 + 0.1 * index },
    },
  ]);
  if (spec.gaps?.length && series.length) {
    series[0].markArea = {
      silent: true,
      itemStyle: { color: color('raised'), opacity: 0.9 },
      label: { show: spec.gaps.length < 4 && !context.narrow, color: color('faint'), fontSize: 11, position: 'insideTop' },
      data: spec.gaps.map(gap => [{ xAxis: Math.max(gap.from, spec.start), name: gap.text }, { xAxis: Math.min(gap.to, spec.end) }]),
    };
  }
  return {
    grid: { left: 8, right: 16, top: many ? 56 : 32, bottom: 28, containLabel: true },
    legend: many ? { data: [...spec.series, ...(spec.bands ?? [])].map(one => one.name), type: 'scroll', top: 0, left: 0, itemWidth: 24, textStyle: { color: color('soft'), fontSize: 12 }, pageTextStyle: { color: color('soft') } } : undefined,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: color('line-strong') } },
      formatter: points => {
        const at = new Date(points[0].axisValue);
        return tip([
          { text: clock(at, context, true), strong: true },
          { text: `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`, faint: true },
          ...points.filter(point => names.has(point.seriesName) && (bands.length === 0 || point.value[1] !== null)).map(point => ({
            text: point.seriesName,
            value: point.value[1] === null || point.value[1] === undefined ? words.gap : number(point.value[1]),
          })),
          ...(spec.bands ?? []).flatMap(band => {
            const i = Math.round((points[0].axisValue - spec.start) / step);
            return (band.lower[i] ?? null) === null ? [] : [{ text: band.name, value: `${number(band.lower[i])} – ${number(band.upper[i])}` }];
          }),
        ]);
      },
    },
    xAxis: axis(context, {
      type: 'time',
      min: spec.start,
      max: spec.end,
      name: `${spec.xLabel} (${context.zone})`,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
      axisLabel: {
        color: color('soft'),
        fontSize: 12,
        hideOverlap: true,
        formatter: value => {
          const text = clock(new Date(value), context, false);
          return text === '00:00' || spec.end - spec.start > 4 * 86400000 ? day(new Date(value), context) : text;
        },
      },
    }),
    yAxis: axis(context, {
      type: 'value',
      min: 0,
      name: spec.yLabel,
      nameLocation: 'end',
      nameTextStyle: { color: color('soft'), fontSize: 12, align: 'left', padding: [0, 0, 0, -8] },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: color('soft'), fontSize: 12, formatter: short },
    }),
    series: [...bands, ...series],
  };
}

const area = (values, at) => ({
  type: 'line',
  symbol: 'none',
  silent: true,
  connectNulls: false,
  data: values.map((value, i) => [at(i), value]),
  lineStyle: { opacity: 0 },
  itemStyle: { opacity: 1 },
  emphasis: { disabled: true },
});

function bars(spec, context, tooltip, number) {
  const { color, words } = context;
  const paint = [color('accent'), color('line-strong')];
  return {
    grid: { left: 8, right: 48, top: 28, bottom: 28, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: color('soft'), fontSize: 12 } },
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: points => tip([
        { text: points[0].name, strong: true },
        ...points.map(point => ({ text: point.seriesName, value: point.value === null || point.value === undefined ? words.gap : number(point.value) })),
      ]),
    },
    xAxis: axis(context, {
      type: 'value',
      min: 0,
      name: spec.xLabel,
      nameLocation: 'middle',
      nameGap: 26,
      splitNumber: 3,
      axisLabel: { color: color('soft'), fontSize: 12, formatter: short, hideOverlap: true },
    }),
    yAxis: axis(context, {
      type: 'category',
      data: spec.categories,
      inverse: true,
      triggerEvent: true,
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: color('text'), fontSize: 12, width: 136, overflow: 'truncate' },
    }),
    series: spec.series.map((one, index) => ({
      name: one.name,
      type: 'bar',
      data: one.values,
      barGap: '10%',
      barCategoryGap: '32%',
      cursor: spec.links ? 'pointer' : 'default',
      itemStyle: { color: paint[index % paint.length], borderRadius: [0, 3, 3, 0] },
      label: index === 0 ? { show: true, position: 'right', color: color('soft'), fontSize: 11, formatter: item => spec.notes?.[item.dataIndex] ?? short(item.value) } : undefined,
    })),
  };
}

const scale = (context, most, top) => ({
  min: 0,
  max: Math.max(1, top),
  calculable: false,
  orient: 'horizontal',
  left: 0,
  bottom: 0,
  itemWidth: 12,
  itemHeight: 112,
  text: [short(most), '1'],
  textStyle: { color: context.color('soft'), fontSize: 12 },
  inRange: { color: context.dark ? viridis : viridis.toReversed() },
});

function map(spec, context, tooltip, number) {
  const { color, words } = context;
  const known = new Map(spec.places.map(place => [place.code, place]));
  const most = Math.max(1, ...spec.places.map(place => place.sources));
  return {
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: item => {
        const place = known.get(item.name);
        return place
          ? tip([{ text: place.name, strong: true }, { text: words.sources, value: number(place.sources) }, { text: words.packets, value: number(place.packets) }])
          : tip([{ text: words.none, faint: true }]);
      },
    },
    visualMap: { type: 'continuous', ...scale(context, most, Math.sqrt(most)), seriesIndex: 0, show: spec.places.length > 0 },
    series: [{
      type: 'map',
      map: 'world',
      aspectScale: 1,
      roam: false,
      layoutCenter: ['50%', '50%'],
      layoutSize: Math.min(context.width, (context.height - (context.narrow ? 48 : 0)) * mapAspect),
      selectedMode: false,
      itemStyle: { areaColor: color('raised'), borderColor: color('line'), borderWidth: 0.5 },
      emphasis: { label: { show: false }, itemStyle: { areaColor: null, borderColor: color('text'), borderWidth: 1.5 } },
      label: { show: false },
      data: spec.places.map(place => ({ name: place.code, value: Math.sqrt(place.sources) })),
    }],
  };
}

function heat(spec, context, tooltip, number) {
  const { color, words } = context;
  const most = Math.max(1, ...spec.cells.map(cell => cell[2]));
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 64, containLabel: true },
    tooltip: {
      ...tooltip,
      formatter: item => tip([
        { text: `${spec.rows[item.data.value[1]]}, ${spec.categories[item.data.value[0]]}`, strong: true },
        { text: words.packets, value: number(item.data.packets) },
      ]),
    },
    visualMap: { type: 'continuous', ...scale(context, most, Math.log10(most + 1)), dimension: 2 },
    xAxis: axis(context, { type: 'category', data: spec.categories, name: spec.xLabel, nameLocation: 'middle', nameGap: 26, splitArea: { show: false } }),
    yAxis: axis(context, { type: 'category', data: spec.rows, inverse: true, axisLabel: { color: color('text'), fontSize: 12, width: 136, overflow: 'truncate' } }),
    series: [{
      type: 'heatmap',
      data: spec.cells.map(([x, y, packets]) => ({ value: [x, y, Math.log10(packets + 1)], packets })),
      itemStyle: { borderColor: color('panel'), borderWidth: 1, borderRadius: 2 },
    }],
  };
}

// On a circle: the same picture each time, and no simulation that keeps moving.
function graph(spec, context, tooltip, number) {
  const { color } = context;
  const degree = spec.categories.map((_, node) => spec.cells.filter(([from, to]) => from === node || to === node).length);
  const most = Math.max(1e-9, ...spec.cells.map(cell => Math.abs(cell[2])));
  const few = spec.categories.length <= 32 && !context.narrow;
  return {
    tooltip: {
      ...tooltip,
      formatter: item => tip(item.dataType === 'edge'
        ? [{ text: `${spec.categories[item.data.ends[0]]} – ${spec.categories[item.data.ends[1]]}`, value: number(item.data.weight), strong: true }]
        : [{ text: item.name, value: number(item.data.degree), strong: true }]),
    },
    series: [{
      type: 'graph',
      layout: 'circular',
      circular: { rotateLabel: true },
      left: few ? 110 : 24,
      right: few ? 110 : 24,
      top: few ? 90 : 24,
      bottom: few ? 90 : 24,
      roam: false,
      label: { show: few, color: color('text'), fontSize: 12, position: 'right' },
      itemStyle: { color: context.palette[0] },
      emphasis: { focus: 'adjacency', lineStyle: { width: 3 } },
      data: spec.categories.map((name, node) => ({ name, degree: degree[node], symbolSize: 6 + 2 * Math.sqrt(degree[node]) })),
      links: spec.cells.map(([from, to, weight]) => ({
        source: from, target: to, ends: [from, to], weight,
        lineStyle: { color: color('soft'), width: 0.6 + 2 * Math.abs(weight) / most, opacity: 0.55, curveness: 0.15 },
      })),
    }],
  };
}
