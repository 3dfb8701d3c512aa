// <kz-age at="2026-11-23T07:00:00Z">: how long ago, in the page's language, kept up to date.
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

class Age extends HTMLElement {
  static observedAttributes = ['at'];

  connectedCallback() {
    this.shown = this.shown ?? this.attachShadow({ mode: 'open' });
    this.timer = setInterval(() => this.show(), 10000);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  attributeChangedCallback() { if (this.shown) this.show(); }

  show() {
    const seconds = (new Date(this.getAttribute('at')) - Date.now()) / 1000;
    if (Number.isNaN(seconds)) return;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto' });
    this.shown.textContent = `(${format.format(Math.round(seconds / size), unit)})`;
  }
}

customElements.define('kz-age', Age);
