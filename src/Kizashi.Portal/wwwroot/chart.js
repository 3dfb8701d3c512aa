// <kz-chart spec="...">: draws a chart from data alone, shows the same data as a table, saves it as PNG, SVG and CSV.
// It lives in a shadow root, so that the framework's rendering leaves what it draws alone.
import { options, palette } from './chart-options.js';
import { csv, table } from './chart-table.js';

let library = null;
const echarts = () => library ??= import('./vendor/echarts/echarts.esm.min.js');

const maps = new Map();
async function world(charts, url) {
  if (!maps.has(url)) maps.set(url, fetch(url).then(answer => answer.json()).then(json => charts.registerMap('world', json)));
  await maps.get(url);
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; position: relative; color: var(--text); }
  .frame { display: flex; flex-direction: column; height: 100%; }
  header { display: flex; gap: 8px; align-items: flex-start; justify-content: space-between; min-height: 32px; }
  h2 { margin: 0; font: 650 1rem/1.5 var(--sans); overflow-wrap: anywhere; }
  .tools { display: flex; flex: none; gap: 2px; }
  button { min-width: 32px; min-height: 28px; padding: 0 7px; border: 0; border-radius: 6px; background: none; color: var(--faint); font: 500 0.75rem var(--sans); cursor: pointer; }
  button:hover { background: var(--raised); color: var(--text); }
  button[aria-pressed=true] { background: var(--accent-soft); color: var(--accent); }
  details { position: relative; }
  summary { min-width: 32px; min-height: 28px; padding: 0 7px; border-radius: 6px; color: var(--faint); font: 1rem/28px var(--sans); text-align: center; list-style: none; cursor: pointer; }
  summary::-webkit-details-marker { display: none; }
  summary:hover { background: var(--raised); color: var(--text); }
  .menu { position: absolute; right: 0; top: 100%; z-index: 2; display: grid; padding: 4px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; box-shadow: var(--shadow); }
  .menu button { text-align: left; font-size: 0.8125rem; }
  button:focus-visible, summary:focus-visible, .table:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  .canvas, .table { flex: 1; min-height: 0; }
  .table { overflow: auto; }
  [hidden] { display: none !important; }
  table { width: 100%; border-collapse: collapse; font: 0.875rem/1.4 var(--sans); font-variant-numeric: tabular-nums; }
  th { text-align: left; color: var(--soft); font-weight: 550; position: sticky; top: 0; background: var(--panel); }
  th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); }
  td.number, th.number { text-align: right; }
  .tip { color: var(--text); font: 0.8125rem/1.5 var(--sans); font-variant-numeric: tabular-nums; }
  .tip b { font-weight: 650; }
  .tip .utc { color: var(--faint); }
  .tip div { display: flex; gap: 16px; justify-content: space-between; }
`);

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function go(url) {
  if (globalThis.Blazor?.navigateTo) globalThis.Blazor.navigateTo(url);
  else location.href = url;
}

class Chart extends HTMLElement {
  static observedAttributes = ['spec'];

  connectedCallback() {
    if (!this.root) this.build();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.canvas);
    this.repaint = () => this.draw(true);
    document.addEventListener('kizashi-theme', this.repaint);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.scheme.addEventListener('change', this.repaint);
    this.draw(false);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    document.removeEventListener('kizashi-theme', this.repaint);
    this.scheme.removeEventListener('change', this.repaint);
    this.chart?.dispose();
    this.chart = null;
  }

  attributeChangedCallback() { if (this.root && this.isConnected) this.draw(false); }

  build() {
    this.words = JSON.parse(this.getAttribute('labels'));
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [sheet];
    const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
    this.heading = make('h2', {});
    this.canvas = make('div', { className: 'canvas', role: 'img' });
    this.grid = make('div', { className: 'table', hidden: true, tabIndex: 0 });
    this.grid.setAttribute('role', 'region');
    const button = (text, label, act) => {
      const made = make('button', { type: 'button', textContent: text, title: label, onclick: act });
      made.setAttribute('aria-label', label);
      return made;
    };
    const saveLabel = format => this.words.save.replace('{0}', format);
    this.toggle = button(this.words.table, this.words.table, () => this.flip());
    this.toggle.setAttribute('aria-pressed', 'false');
    const tools = make('div', { className: 'tools' });
    const menu = make('details', {});
    const summary = make('summary', { textContent: '⤓', title: this.words.download });
    summary.setAttribute('aria-label', this.words.download);
    const list = make('div', { className: 'menu' });
    menu.append(summary, list);
    menu.addEventListener('focusout', event => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener('keydown', event => { if (event.key === 'Escape') { menu.open = false; summary.focus(); } });
    list.addEventListener('click', () => { menu.open = false; });
    tools.append(this.toggle, menu);
    list.append(
      button('PNG', saveLabel('PNG'), () => this.savePicture('png')),
      button('SVG', saveLabel('SVG'), () => this.savePicture('svg')),
      button('CSV', saveLabel('CSV'), () => save(new Blob([csv(this.spec, this.words)], { type: 'text/csv' }), `${this.spec.file}.csv`)));
    const header = make('header', {});
    header.append(this.heading, tools);
    const frame = make('div', { className: 'frame' });
    frame.append(header, this.canvas, this.grid);
    this.root.append(frame);
  }

  flip() {
    const showTable = this.grid.hidden;
    this.grid.hidden = !showTable;
    this.canvas.hidden = showTable;
    this.toggle.setAttribute('aria-pressed', String(showTable));
    if (showTable) this.grid.replaceChildren(table(this.spec, this.words, this.context()));
    else this.fit();
  }

  fit() {
    if (!this.chart || !this.canvas.clientWidth) return;
    this.chart.resize();
    if (this.spec.kind === 'map') this.chart.setOption(options(this.spec, this.context()), { notMerge: true });
  }

  context() {
    const style = getComputedStyle(this);
    const color = name => style.getPropertyValue(`--${name}`).trim();
    const dark = style.colorScheme === 'dark';
    return {
      words: this.words,
      zone: this.getAttribute('zone') || 'UTC',
      language: this.getAttribute('lang') || 'en',
      color,
      dark,
      narrow: this.clientWidth < 480,
      width: this.canvas.clientWidth,
      height: this.canvas.clientHeight,
      palette: palette(dark),
    };
  }

  async draw(afresh) {
    const text = this.getAttribute('spec');
    this.spec = JSON.parse(text);
    this.heading.textContent = this.spec.title;
    this.canvas.setAttribute('aria-label', this.spec.title);
    this.grid.setAttribute('aria-label', this.spec.title);
    const charts = await echarts();
    if (this.spec.kind === 'map') await world(charts, this.getAttribute('world'));
    // A newer spec may have come while the library was loading.
    if (!this.isConnected || this.getAttribute('spec') !== text) return;
    if (afresh && this.chart) {
      this.chart.dispose();
      this.chart = null;
    }
    if (!this.chart) {
      this.chart = charts.init(this.canvas, null, { renderer: 'canvas' });
      this.chart.on('click', event => this.follow(event));
    }
    this.chart.setOption(options(this.spec, this.context()), { notMerge: true, lazyUpdate: false });
    if (!this.grid.hidden) this.grid.replaceChildren(table(this.spec, this.words, this.context()));
    this.dataset.drawn = 'true';
  }

  follow(event) {
    if (this.spec.kind === 'map' && this.spec.link && this.spec.places.some(place => place.code === event.name))
      go(this.spec.link.replace('{0}', encodeURIComponent(event.name)));
    else if (this.spec.links && event.dataIndex in this.spec.links)
      go(this.spec.links[event.dataIndex]);
  }

  async savePicture(format) {
    const charts = await echarts();
    const size = { width: 1200, height: 640 };
    const holder = document.createElement('div');
    const picture = charts.init(format === 'svg' ? null : holder, null, format === 'svg'
      ? { renderer: 'svg', ssr: true, ...size }
      : { renderer: 'canvas', devicePixelRatio: 2, ...size });
    const context = { ...this.context(), narrow: false, ...size, height: size.height - 96 };
    const drawn = options(this.spec, context);
    drawn.animation = false;
    drawn.backgroundColor = context.color('panel');
    drawn.title = {
      text: this.spec.title,
      subtext: this.spec.mark ?? '',
      left: 16,
      top: 8,
      textStyle: { color: context.color('text'), fontSize: 18 },
      subtextStyle: { color: context.color('warn-text'), fontSize: 14 },
    };
    if (drawn.grid) drawn.grid = { ...drawn.grid, top: 104 };
    if (drawn.legend) drawn.legend.top = 64;
    if (drawn.series[0]?.type === 'map') drawn.series[0].layoutCenter = ['50%', '56%'];
    picture.setOption(drawn);
    const blob = format === 'svg'
      ? new Blob([picture.renderToSVGString()], { type: 'image/svg+xml' })
      : await new Promise(done => picture.renderToCanvas({ backgroundColor: drawn.backgroundColor }).toBlob(done, 'image/png'));
    picture.dispose();
    save(blob, `${this.spec.mark ? 'simulated-' : ''}${this.spec.file}.${format}`);
  }
}

customElements.define('kz-chart', Chart);
