// <meetgate-connect link="https://…/connect/…">: a button that connects a GoToMeeting account by MeetGate.
{
const WORDS = {
  en: ["Connect GoToMeeting", "Go on in the other window", "Connected", "Not connected", "That did not work"],
  de: ["GoToMeeting verbinden", "Weiter im anderen Fenster", "Verbunden", "Nicht verbunden", "Das hat nicht geklappt"],
  fr: ["Connecter GoToMeeting", "Continuez dans l’autre fenêtre", "Connecté", "Pas connecté", "Cela n’a pas fonctionné"],
  es: ["Conectar GoToMeeting", "Continúe en la otra ventana", "Conectado", "No conectado", "No ha funcionado"],
};
const STATES = ["idle", "pending", "connected", "denied", "failed"];
const TYPES = ["pagehide", "pageshow", "visibilitychange"];
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 5000;
const PATIENCE = 40 * 60 * 1000;
const CSS = `
  :host { display: inline-block }
  :host([hidden]) { display: none }
  button { font: inherit; min-height: 2.75em; padding: .6em 1.2em; border: 0; border-radius: .5em;
    background: #0b6157; color: #fff; cursor: pointer; max-width: 100% }
  button:focus-visible { outline: 3px solid #0b6157; outline-offset: 2px }
  span { display: block; font-size: .875em; margin-top: .4em }
  span:empty { display: none }`;
let windows = 0;

class MeetGateConnect extends HTMLElement {
  static get observedAttributes() {
    return ["link", "label", "lang"];
  }

  constructor() {
    super();
    this.name = `meetgate-${Date.now()}-${++windows}`;
    const root = this.attachShadow({mode: "open", delegatesFocus: true});
    // Not subject to the page's style-src.
    if (root.adoptedStyleSheets) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
    }
    const button = document.createElement("button");
    button.type = "button";
    button.part = "button";
    button.addEventListener("click", () => this.start());
    this.slotted = document.createElement("slot");
    button.append(this.slotted);
    this.text = document.createElement("span");
    this.text.setAttribute("role", "status");
    this.text.part = "status";
    root.append(button, this.text);
    this.back = event => event.type === "pagehide" ? this.stop() : this.look();
  }

  connectedCallback() {
    TYPES.forEach(type => addEventListener(type, this.back));
    this.show();
    this.look();
  }

  disconnectedCallback() {
    TYPES.forEach(type => removeEventListener(type, this.back));
    this.stop();
  }

  attributeChangedCallback(name, before, now) {
    if (name === "link" && before !== now) {
      this.stop();
      this.end = 0;
      this.last = null;
      this.show("idle");
    } else {
      this.show();
    }
  }

  /** Called by the button. */
  start() {
    const link = this.url();
    if (!link) {
      return;
    }
    const phone = matchMedia("(max-width: 600px)").matches;
    const left = Math.max(0, screenX + (outerWidth - 520) / 2);
    this.popup = phone ? null : open(link, this.name, `popup,width=520,height=760,left=${left},top=${screenY + 60}`);
    this.end = Date.now() + PATIENCE;
    this.pause = FIRST_PAUSE;
    this.isNew = true;
    this.last = null;
    this.show("pending");
    if (this.popup) {
      this.popup.focus();
      this.look();
    } else {
      location.assign(link);
    }
  }

  url() {
    try {
      const link = new URL(this.getAttribute("link"));
      return /^https?:$/.test(link.protocol) ? link.href : null;
    } catch {
      return null;
    }
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** A hidden page asks again when it is seen. */
  async look() {
    const link = this.url();
    this.stop();
    if (!link || document.hidden || !(Date.now() < this.end)) {
      return;
    }
    const asked = this.asked = {};
    let answer = {};
    try {
      const response = await fetch(`${link}/status`, {cache: "no-store", credentials: "omit"});
      answer = response.status === 404 ? {status: "expired"} : response.ok ? await response.json() : {};
    } catch {
      // Offline.
    }
    if (asked === this.asked && link === this.url() && this.isConnected) {
      this.tell(answer);
    }
  }

  tell({status, problem, waitsFor}) {
    const expired = status === "expired";
    const over = expired || status === "connected";
    const news = `${status} ${problem} ${waitsFor}`;
    // How an earlier walk with the link ended is no news.
    if (status && news !== this.last && (over || !this.isNew || status === "pending")) {
      this.report(expired ? "failed" : status, expired ? "connect-expired" : problem, waitsFor);
    }
    if (status) {
      this.last = news;
      this.isNew = false;
    }
    if (over) {
      this.end = 0;
    } else {
      // Also after a denial or a failure: the person may try again in the other window.
      this.timer = setTimeout(() => this.look(), this.pause);
      this.pause = Math.min(this.pause * 1.3, LONGEST_PAUSE);
    }
  }

  report(status, problem, waitsFor) {
    if (!STATES.includes(status)) {
      return;
    }
    this.show(status);
    if (status !== "pending" || waitsFor === "application") {
      const detail = {status, problem};
      this.dispatchEvent(new CustomEvent(status, {bubbles: true, composed: true, detail}));
    }
    if (status === "connected" && this.popup) {
      this.popup.close();
    }
  }

  show(state = this.getAttribute("state") || "idle") {
    const words = this.words();
    if (this.getAttribute("state") !== state) {
      this.setAttribute("state", state);
    }
    this.slotted.textContent = this.getAttribute("label") || words[0];
    this.text.textContent = state === "idle" ? "" : words[STATES.indexOf(state)];
  }

  words() {
    const marked = this.closest("[lang]");
    const lang = (marked ? marked.lang : navigator.language) || "en";
    return WORDS[lang.slice(0, 2).toLowerCase()] || WORDS.en;
  }
}

if (!customElements.get("meetgate-connect")) {
  customElements.define("meetgate-connect", MeetGateConnect);
}
}
