import { html, LitElement, type PropertyValues, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import { BUNDLED } from "../contract/bundled";
import { type Config, defaults, fieldOf, type Given, SCHEMA, withRule } from "../contract/config";
import type { Playground, PlaygroundEvents } from "../contract/element";
import { AppError, toAppError, toFailure } from "../contract/errors";
import { readValue } from "../contract/field-text";
import type { Middle } from "../contract/middle";
import type { OwnData, OwnFile } from "../contract/own";
import type { Plan } from "../contract/plan";
import type { Theme } from "../contract/preferences";
import { PRESETS, type Preset, presetOf } from "../contract/presets";
import type { Result } from "../contract/result";
import { takeGood } from "../contract/taken";
import type { Way } from "../contract/thread";
import { fromLink, toLink } from "../contract/url";
import { DATA_URL } from "../dataset/data-url";
import { dropped, hasFiles } from "../dataset/dropped";
import type { OwnReader } from "../dataset/own-reader";
import type { Subject } from "../explain/explanation";
import { outcome, progressLine } from "../explain/sentences";
import type { Band } from "../metrics/aggregate";
import type { Experiment } from "../state/experiment";
import { browserDatabase, type Database, noDatabase } from "../storage/database";
import { isKept, type Kept, keptOf } from "../storage/kept";
import { Shelf } from "../storage/shelf";
import * as text from "../text/text";
import { define } from "../ui/define";
import { type Handlers, listen, type TransportCommand } from "../ui/events";
import { FocusKeeper } from "../ui/focus";
import type { Fold } from "../ui/fold";
import { keepPresses } from "../ui/press";
import { recoloured } from "../ui/recolour";
import { shared } from "../ui/shared-styles";
import tokens from "../ui/tokens.css?inline";
import { loadEngine, settingsIn, usableHere } from "../worker/engine";
import { takeRoomy } from "../worker/room";
import { Announcer } from "./announcer";
import type { Check } from "./check";
import type { Form } from "./figure";
import { isHarmless, type Wish, wishOf } from "./keys";
import { layoutStyles, noticeStyles } from "./layout-styles";
import { askBeforeLeaving, endsWithPage, type Keeping } from "./leaving";
import { placeWords, slowestOf } from "./progress";
import { Rest } from "./rest";
import { Session } from "./session";
import type { Share } from "./share";
import { Snapshot } from "./snapshot";
import type { UnderWay } from "./under-way";
import { view } from "./view";
import { onceSeen } from "./welcome";

/** Where runs or a sweep stand when a preset starts in their place: not where the reader has paused or cancelled. */
const STARTS_OTHERS: ReadonlySet<string> = new Set(["running", "loading", "done"]);

/** The attributes that ask for a form. */
const FORM = ["controls", "view", "height", "preset"] as const;
/** One that is taken away says nothing. */
const WORDS = { converter: (text: string | null) => text ?? "" };

/** Less than it takes to read a word that is new and to press it. */
const UNREAD_MS = 300;

/**
 * The playground. Every key of the configuration is an attribute (hidden_sizes="64,64") and a property
 * (element.hidden_sizes = [64, 64]).
 */
export class NpPlayground extends LitElement implements Playground {
  static override styles = [unsafeCSS(tokens), shared, noticeStyles, layoutStyles];

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit completes the class it is called on, which must be this one
    return [...super.observedAttributes, ...SCHEMA.fields.map(({ name }) => name)];
  }

  static {
    for (const { name } of SCHEMA.fields) {
      Object.defineProperty(NpPlayground.prototype, name, {
        get(this: NpPlayground) {
          return name in this.#wanted ? this.#wanted[name] : structuredClone(this.#config[name]);
        },
        set(this: NpPlayground, value: unknown) {
          this.#want({ [name]: value });
        },
        configurable: true,
      });
    }
  }

  /** Starts by itself when it is seen. */
  @property({ type: Boolean }) autoplay = false;
  /** The folder of the data, where it is not beside the script. */
  @property({ attribute: "data-url" }) dataUrl = "";
  /** What is shown, and how high: see form.ts. */
  @property(WORDS) controls = "";
  @property(WORDS) view = "";
  @property(WORDS) height = "";
  /** The preset that the settings begin from; attributes of single settings change it. */
  @property(WORDS) get preset(): string {
    return this.#preset;
  }
  set preset(id: string) {
    this.#preset = id;
    this.#want(this.#fromPreset());
  }
  /** The colours: those of the system, light or dark ones. */
  @property({ reflect: true }) theme: Theme = "system";
  /** Whether single keys do something: see keys.ts. */
  @property({ type: Boolean }) shortcuts = true;
  @state() private help = false;
  /** What leaves the page and comes back to it; loaded when it is asked for. */
  @state() private share: Share | undefined;
  @state() private form: Form | undefined;
  /** Curves that came with the page, for the settings that they were recorded with. */
  @state() private recorded: typeof import("../recorded/recorded") | undefined;
  /** The other sides of presets that compare. */
  @state() private beside: typeof import("../recorded/beside") | undefined;
  /** What has had the focus last and what the pointer is on, for the panel that explains it. */
  @state() private focused: Subject | null = null;
  @state() private hovered: Subject | null = null;
  /** Whether what stands in the middle is shown alone, for an audience. */
  @property({ type: Boolean, reflect: true }) presenting = false;
  /** What stands in the middle of the whole playground. */
  @state() private middle: Middle = "curves";
  /** What the charts show of the spread over the seeds. */
  @state() private band: Band = "min-max";
  /** What lets runs outlive the page, where the page has asked for it. */
  @state() private underWay: UnderWay | undefined;
  /** What the link says of its results. */
  @state() private check: Check | undefined;
  /** What reads the reader's own files; loaded when some come. */
  @state() private reader: OwnReader | undefined;
  /** Words about runs that have lost their workers; loaded when there are some. */
  @state() private resumed: typeof import("./resumed") | undefined;
  /** What a screen reader hears. */
  @state() private spoken = "";
  /** Whether the first settings have been taken, or refused. */
  @state() private known = false;

  #preset = "";
  /** The preset that the settings were, the last time that they were looked at. */
  #laidOut: Preset | undefined;
  #session: Session | undefined;
  /** Settings that were given and are not yet taken. */
  #wanted: Given = {};
  #gathering = false;
  /** What took the place of every setting outside the page. */
  #replaced: (() => Promise<void>) | undefined;
  /** What an element that was taken out of the page has come to: its settings are those that it comes back with. */
  #left: { config: Config; result: Result } | undefined;
  #besideAsked = false;
  #resumedAsked = false;
  /** Forgets that it is to start when it is seen; undefined where nobody has asked for that. */
  #stopWaiting: (() => void) | undefined;
  /** When it has begun by itself, in milliseconds: whoever presses Play in that moment finds Pause there. */
  #begunByItself = Number.NEGATIVE_INFINITY;
  /** Settles when runs that the last page was closed on are offered, or there are none: while another holds them, after seconds. */
  #looked = Promise.resolve();
  #rest: Rest | undefined;
  #shaping = Promise.resolve();
  readonly #charted = new Snapshot();
  /** What an embedded element stores is nothing. */
  #shelf = this.#newShelf(noDatabase());
  readonly #announcer = new Announcer((words) => {
    this.spoken = words;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("resize", this.#resized);
    if (this.#session) return;
    if (this.hasAttribute("keep-runs"))
      this.#shelf = this.#newShelf(browserDatabase("np-playground", "results", isKept));
    this.#session = this.#begin();
    void this.#replaced?.();
    this.#replaced = undefined;
    this.#want({});
    void this.#whenKnown();
  }

  /** An element that is only moved to another place keeps its runs. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("resize", this.#resized);
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, text: string | null): void {
    super.attributeChangedCallback(name, old, text);
    const field = fieldOf(name);
    if (!field) return;
    const value = text === null ? this.#standard[field.name] : readValue(field, text).value;
    this.#want({ [name]: value });
  }

  override firstUpdated(): void {
    listen(this.renderRoot, this.#handlers);
    new FocusKeeper(this);
    keepPresses(this);
    this.addEventListener("keydown", this.#press);
    this.addEventListener("fullscreenchange", () => this.#present(this.matches(":fullscreen")));
    this.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    this.addEventListener("drop", this.#drop);
    // Where the engine does not come either, that is what there is to say.
    const without = () => loadEngine().then(() => this.#session?.refuse(withoutInsides()));
    import("./insides").catch(() => without().catch(() => {}));
    // Where it does not come, printing is as the browser does it.
    import("./print").then(({ Print }) => new Print(this)).catch(() => {});
  }

  override render() {
    const { focused, hovered, spoken, band, presenting, middle, reader, help, share, theme, shortcuts } =
      this;
    const { kept, ghosts, stores, lasting, deleted } = this.#shelf;
    // Runs that have ended speak for themselves.
    const wanted = this.#session?.experiment.phase !== "done" && this.recorded?.isRecorded(this.#config);
    const recorded = wanted ? this.recorded : undefined;
    const preset = presetOf(this.#config);
    const beside = preset && this.beside?.BESIDE.get(preset.id);
    const parts = {
      recorded,
      preset,
      beside,
      charted: this.#charted,
      kept,
      ghosts,
      stores,
      lasting,
      deleted,
      spoken,
      band,
      presenting,
      middle,
      reader,
      share,
      offers: [this.underWay?.offer, this.check?.words, this.resumed?.resumedWords(this.#runs)],
    };
    const subject = hovered ?? focused;
    if (!this.#session || !this.known) return html`<div class="waiting"><slot></slot></div>`;
    const state = { session: this.#session, ...parts, subject, help, preferences: { theme, shortcuts } };
    return this.form ? html`<np-figure .state=${state} .form=${this.form}></np-figure>` : view(state);
  }

  override updated(changed: PropertyValues): void {
    const preset = presetOf(this.#config);
    if (!this.#besideAsked && preset?.beside) void this.#showBeside();
    this.#layOut(preset);
    if (changed.has("theme")) recoloured();
    // An embedded one does not stop the visitors of a page that is another's.
    if (this.#session && this.hasAttribute("keep-runs"))
      askBeforeLeaving(endsWithPage(this.#session, this.#keeps));
    if (!this.#resumedAsked && this.#runs.some(({ resumed }) => resumed !== undefined))
      void this.#showResumed();
  }

  /** The sweep of a preset, however its settings have come: by a link, an attribute or a file. */
  #layOut(preset: Preset | undefined): void {
    const { sweep } = this.#session ?? {};
    const [algorithm] = this.#config.algorithms;
    const isNew = preset !== this.#laidOut;
    this.#laidOut = preset;
    if (!isNew || !preset?.sweep || !algorithm || !sweep || sweep.state.plan) return;
    sweep.propose({ ...preset.sweep, config: this.#config, algorithm }, false);
  }

  get #keeps(): Keeping {
    const { stores, lasting } = this.#shelf;
    return { runs: this.underWay?.keeps ?? false, results: stores && lasting };
  }

  override willUpdate(changed: PropertyValues): void {
    if (this.autoplay && this.#session && !this.#stopWaiting) this.#waitToStart();
    // What is no longer asked for has left something, too.
    const reshapes = FORM.some((name) => changed.has(name) && (this[name] || changed.get(name)));
    if (reshapes) this.#shaping = this.#shape();
  }

  play(): Promise<void> {
    return this.#command((experiment) => experiment.play());
  }

  pause(): Promise<void> {
    return this.#command((experiment) => experiment.pause());
  }

  /** One update in every run. */
  step(): Promise<void> {
    return this.#command((experiment) => experiment.step());
  }

  /** To the end of the epoch in every run. */
  epoch(): Promise<void> {
    return this.#command((experiment) => experiment.epoch());
  }

  /** Back to the same start. */
  reset(): Promise<void> {
    this.#rest?.forget();
    return this.#set(async (experiment) => experiment.reset());
  }

  /** Takes back the last reset, preset, result, seed, choice of rules or number of epochs. */
  undo(): Promise<void> {
    return this.#set(async (experiment) => {
      await experiment.undo();
      this.reader?.back(experiment.own);
    });
  }

  /** The defaults and what is given take the place of every setting; what was under way starts again with them. */
  configure(given: Given): Promise<void> {
    return this.#replace(() => this.#visit(given, false));
  }

  /** What was under way starts again with the new settings. */
  async #take(given: Given, experiment: Experiment): Promise<void> {
    const { phase } = experiment;
    await this.#asUsable(given, (usable) => experiment.configure(usable));
    this.reader?.back(experiment.own);
    if (phase === "running" || phase === "loading") goOn(experiment);
  }

  #visit(given: Given, visit: boolean): Promise<void> {
    return this.#set(async (experiment) => {
      await this.#take(given, experiment);
    }, visit);
  }

  /** Runs that are under way outlive the page, and those that did are offered: of these settings only, or of any. */
  keepRuns(any: boolean): Promise<void> {
    // Where it does not come, nothing has been promised. Nor where pages have no locks: without https.
    const loading = "locks" in navigator ? import("./under-way").catch(() => undefined) : undefined;
    const begun = this.#next(async (experiment) => {
      const part = await loading;
      if (!part) return;
      const parts = { experiment, any, act: this.#set.bind(this), changed: () => this.requestUpdate() };
      this.underWay = new part.UnderWay(parts);
    });
    this.#looked = begun.then(() => this.underWay?.look());
    return begun;
  }

  /** As all that the page around it gets, a copy: what is written into that changes nothing here. */
  get config(): Config {
    return structuredClone(this.#config);
  }

  get #config(): Config {
    return this.#session?.experiment.config ?? this.#left?.config ?? defaults();
  }

  get #address(): Config {
    return this.#session?.experiment.address ?? this.#config;
  }

  /** How the workers run on this page, once one has begun. */
  get way(): Way | undefined {
    return this.#session?.experiment.way;
  }

  get result(): Result {
    return structuredClone(this.#result);
  }

  get #result(): Result {
    const nothing = { config: defaults(), version: SCHEMA.version, runs: [] };
    return this.#session?.experiment.result ?? this.#left?.result ?? nothing;
  }

  /** The settings as the part of a link after its "#", and what they led to where the last link said so. */
  get link(): string {
    return toLink(this.#address, this.check?.proof, this.middle, this.presenting);
  }

  set link(hash: string) {
    void this.#replace(() => this.#follow(hash));
  }

  #follow(hash: string): Promise<void> {
    return this.#set(async (experiment) => {
      const { given, unknown, proof, middle, alone } = fromLink(hash);
      await this.#see(middle ?? "curves");
      // Full screen is the reader's to ask for: a link shows it over the page.
      this.presenting = alone === true && !this.form;
      const { check } = await loadEngine();
      const { config, problems } = await takeRoomy(given, check, (config) => experiment.bytesOf(config));
      await this.#take(config, experiment);
      if (problems.length + unknown.length > 0) {
        const part = await import("./left-out").catch(() => undefined);
        const others = toLink(config) !== toLink(defaults());
        const left = part?.linkSentence([...problems.map(part.leftOut), ...unknown], others);
        this.#session?.refuse(new AppError("link", left ?? text.loading.link));
      }
      const keys = [...problems.map(({ field }) => field), ...unknown.map(({ key }) => key)];
      this.check = proof === undefined ? undefined : await this.#checkOf(proof, experiment, config, keys);
    });
  }

  async #checkOf(
    proof: string,
    experiment: Experiment,
    taken: Config,
    left: readonly string[],
  ): Promise<Check | undefined> {
    if (BUNDLED) {
      this.#session?.refuse(new AppError("link", text.sentences.unchecked));
      return undefined;
    }
    try {
      const { Check, check, isAsLinked } = await import("./check");
      // Other settings lead elsewhere, which nobody has promised otherwise.
      const asLinked = isAsLinked(taken, left, experiment.config);
      const checked = asLinked ? Check.of(proof, experiment, this.#set.bind(this)) : undefined;
      const sentence = asLinked ? check.unreadable : check.otherwise;
      if (!checked) this.#session?.refuse(new AppError("link", sentence));
      return checked;
    } catch {
      this.#session?.refuse(new AppError("part", text.loading.check));
      return undefined;
    }
  }

  #begin(): Session {
    this.#adoptEarlyProperties();
    const folder = this.dataUrl ? URL.parse(this.dataUrl, document.baseURI) : DATA_URL;
    const session = new Session(folder ?? DATA_URL, {
      changed: () => this.requestUpdate(),
      course: () => this.#tell("np-config", session.experiment.address),
      epoch: () => {
        const place = placeWords(session.experiment);
        // Not of every epoch of the fastest.
        this.#announcer.say(progressLine(place, session.experiment.runs), `${slowestOf(session.experiment)}`);
        this.#tell("np-epoch", this.#result);
      },
      done: () => {
        this.#announcer.say(outcome(session.experiment.runs));
        const { experiment } = session;
        void this.#shelf.keep(keptOf(this.#result, stepsOf(experiment), Date.now(), experiment.own));
        this.#tell("np-done", this.#result);
      },
      refused: (error) => this.#tell("np-error", { ...this.#result, error: toFailure(error, error.code) }),
    });
    if (!this.hasAttribute("keep-runs")) this.#rest = new Rest(this, session);
    if (!folder) session.refuse(new AppError("part", text.loading.noFolder(this.dataUrl)));
    const [left, proof] = [this.#left, this.check?.proof];
    // It was about runs that are gone.
    this.check = undefined;
    if (left)
      void session.next(async (experiment) => {
        await experiment.configure(left.config);
        if (proof) this.check = await this.#checkOf(proof, experiment, left.config, []);
      });
    this.requestUpdate();
    return session;
  }

  /** Until then, what was in the element is shown: any chart would be of settings that nobody has given. */
  async #whenKnown(): Promise<void> {
    this.known = false;
    await new Promise((next) => setTimeout(next)); // what the page around it gives in this moment is taken first
    await this.#next(() => {});
    await this.#shaping;
    this.known = true;
  }

  get #named(): Preset | undefined {
    return PRESETS.find(({ id }) => id === this.preset);
  }

  /** What a setting is that no attribute names. */
  get #standard(): Config {
    return { ...defaults(), ...this.#named?.config };
  }

  /** A preset, and on it the settings that stand in the attributes. */
  #fromPreset(): Given {
    const own = this.getAttributeNames().flatMap((name) => fieldOf(name) ?? []);
    const given = own.map((field) => [
      field.name,
      readValue(field, this.getAttribute(field.name) ?? "").value,
    ]);
    return this.#named ? { ...this.#standard, ...Object.fromEntries(given) } : {};
  }

  /** The form that the attributes ask for. */
  async #shape(): Promise<void> {
    const { controls, view, height, preset } = this;
    try {
      const {
        form,
        height: length,
        problems,
      } = (await import("./form")).formOf({ controls, view, height, preset });
      if (form?.views.includes("update")) await import("../update/one-update");
      this.form = form;
      if (this.#session)
        this.#session.refused = this.#session.refused.filter(({ code }) => code !== "attribute");
      this.style.setProperty("--np-block-size", length);
      for (const problem of problems) this.#session?.refuse(problem);
      this.requestUpdate();
    } catch {
      this.#session?.refuse(new AppError("part", text.loading.form));
    }
  }

  #newShelf(database: Database<Kept>): Shelf {
    const shelf = new Shelf(database);
    shelf.addEventListener("change", () => this.requestUpdate());
    return shelf;
  }

  #end(): void {
    this.#rest?.end();
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#announcer.stop();
    this.#left = this.#session && { config: this.#address, result: this.#result };
    this.#session?.end();
    this.#session = undefined;
    this.#laidOut = undefined;
    this.underWay = undefined;
    this.reader?.cancel();
    this.reader = undefined;
    this.share = undefined;
  }

  /** A property that was set before the element was known lies on top of its accessor. */
  #adoptEarlyProperties(): void {
    for (const name of ["link", ...SCHEMA.fields.map(({ name }) => name)]) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (!early) continue;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, early.value);
    }
  }

  #waitToStart(): void {
    void this.#showRecorded();
    this.#stopWaiting = onceSeen(this, () => void this.#autoplay());
  }

  /** Not on top of a mistake in the settings or of an offer, which are to be read first, nor of what has been done meanwhile. */
  async #autoplay(): Promise<void> {
    await this.#looked;
    await this.#next((experiment) => {
      const begun = experiment.phase === "running" || experiment.runs.some(({ step }) => step > 0);
      const offers = begun || this.underWay?.offer || this.check?.offers;
      if (offers || this.#session?.refused.some(({ code }) => code === "config")) return;
      this.#begunByItself = performance.now();
      experiment.play();
    });
  }

  #command(act: (experiment: Experiment) => void): Promise<void> {
    this.#rest?.forget();
    return this.#next(act);
  }

  async #next(act: Parameters<Session["next"]>[0]): Promise<void> {
    await this.#session?.next(act);
  }

  /** Settings given in the same moment are taken together, and outside the page, when it is in it. */
  #want(patch: Given): void {
    Object.assign(this.#wanted, patch);
    if (this.#gathering) return;
    this.#gathering = true;
    queueMicrotask(() => this.#takeWanted());
  }

  #takeWanted(): void {
    if (!this.#gathering) return;
    this.#gathering = false;
    const [wanted, session] = [this.#wanted, this.#session];
    if (!session || Object.keys(wanted).length === 0) return;
    void this.#changeAsFar(wanted).then(() => {
      // Taken out of the page meanwhile, it takes them when it is back.
      if (this.#wanted === wanted && this.#session === session) this.#wanted = {};
    });
  }

  /** Takes the place of every setting: after those that were given before, and outside the page when it is in it. */
  async #replace(act: () => Promise<void>): Promise<void> {
    this.#takeWanted();
    this.#wanted = {};
    const session = this.#session;
    this.#replaced = act;
    if (session) await act();
    if (session && this.#session === session && this.#replaced === act) this.#replaced = undefined;
  }

  #change(patch: Given): Promise<void> {
    return this.#set((experiment) => this.#asUsable(patch, (usable) => experiment.change(usable)));
  }

  /** Attributes are written apart: what is wrong with one is said, and the others hold. */
  #changeAsFar(wanted: Given): Promise<void> {
    return this.#set(async (experiment) => {
      const { good, refused } = takeGood(settingsIn(wanted), (await loadEngine()).check);
      await this.#asUsable(good, (usable) => experiment.change(usable));
      if (refused) throw refused;
    });
  }

  /** Settings are taken as this browser can use them; where that is otherwise than asked for, it is said. */
  async #asUsable(given: Given, take: (usable: Given) => Promise<unknown>): Promise<void> {
    const { usable, replaced } = usableHere(settingsIn(given));
    await take(usable);
    if (replaced) this.#session?.refuse(replaced);
  }

  /** What was wrong before is forgotten, and what was said, since other settings were given. */
  #set(act: (experiment: Experiment) => Promise<unknown>, visit = false): Promise<void> {
    return this.#next(async (experiment) => {
      // What is missing stays missing.
      if (this.#session) this.#session.refused = this.#session.refused.filter(({ kind }) => kind === "part");
      this.share?.forget();
      // Not after it: that all is done may be what comes of it, and is to be heard.
      this.#announcer.forget();
      await act(experiment);
      this.requestUpdate();
      this.#tell(visit ? "np-visit" : "np-config", experiment.address);
    });
  }

  /** Runs under way would take the sweep's cores. */
  #sweepOver(plan: Plan | null): void {
    if (!plan) this.#session?.sweep.cancel();
    else void this.pause().then(() => this.#session?.sweep.start(plan, this.#session.experiment.own));
  }

  #tell<Name extends keyof PlaygroundEvents>(name: Name, detail: PlaygroundEvents[Name]): void {
    this.dispatchEvent(
      new CustomEvent(name, { detail: structuredClone(detail), bubbles: true, composed: true }),
    );
  }

  readonly #handlers: Handlers = {
    "np-patch": (patch) => void this.#change(patch),
    "np-command": (command) => this.#heed(command),
    "np-preset": (id) => void this.#usePreset(id),
    "np-new-seed": () =>
      void this.#set(async (experiment) => experiment.change({ seed: (await loadEngine()).freshSeed() })),
    "np-focus": (subject) => {
      this.focused = subject;
      this.hovered = null;
    },
    "np-hover": (subject) => {
      this.hovered = subject;
    },
    "np-configure": (config) => void this.#visit(config, true),
    "np-undo": () => void this.undo(),
    "np-sweep": (plan) => this.#sweepOver(plan),
    "np-earlier-map": (index) => this.#session?.sweep.show(index),
    "np-share": () => void this.#sharing().then((share) => share?.show()),
    "np-own-files": (files) => void this.#receive(files),
    "np-own-choices": (choices) => void this.#useOwn((reader) => reader.choose(choices)),
    "np-own-cancel": () => this.reader?.cancel(),
    "np-pin": (id) => this.#shelf.togglePin(id),
    "np-forget": (id) => void this.#shelf.forget(id),
    "np-bring-back": () => void this.#shelf.bringBack(),
    "np-band": (band) => {
      this.band = band;
    },
    "np-speed": (speed) => this.#session?.experiment.setSpeed(speed),
    "np-prefer": (preferred) => {
      Object.assign(this, preferred);
      this.#tell("np-prefer", { theme: this.theme, shortcuts: this.shortcuts });
    },
    "np-present": (alone) => this.#present(alone),
    "np-help": (open) => void this.#showHelp(open),
    "np-embed": () => void this.#showEmbed(),
    "np-middle": (middle) => void this.#see(middle).then(() => this.#tell("np-config", this.#address)),
    "np-prepare": () => void this.#next((experiment) => experiment.prepare()),
    "np-retry": () => void this.#session?.retry(),
  };

  readonly #press = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.#present(false);
    const on = event.composedPath()[0];
    const wish = this.shortcuts && on instanceof Element ? wishOf(event, on) : null;
    if (!wish || (this.presenting && !isHarmless(wish))) return;
    event.preventDefault();
    this.#grant(wish);
  };

  #heed(command: TransportCommand): void {
    const isUnread = performance.now() - this.#begunByItself < UNREAD_MS;
    if (command !== "pause" || !isUnread) void this[command]();
  }

  #grant(wish: Wish): void {
    const { phase } = this.#session?.experiment ?? {};
    const toggle = phase === "running" || phase === "loading" ? "pause" : "play";
    switch (wish.kind) {
      case "command":
        this.#heed(wish.command === "toggle" ? toggle : wish.command);
        break;
      case "rule": {
        const { algorithms } = this.#config;
        void this.#change({ algorithms: withRule(algorithms, wish.rule, !algorithms.includes(wish.rule)) });
        break;
      }
      case "undo":
        void this.undo();
        break;
      case "present":
        this.#present(!this.presenting);
        break;
      case "help":
        void this.#showHelp(true);
        break;
    }
  }

  /** An embedded figure has nothing beside what is to be seen. */
  #present(alone: boolean): void {
    if (alone === this.presenting || this.form) return;
    this.presenting = alone;
    this.#tell("np-config", this.#address);
    // Where there is no full screen, or it is forbidden, as in some frames, it lies over the page.
    if (alone) this.requestFullscreen?.().catch(() => {});
    else if (this.matches(":fullscreen")) void document.exitFullscreen();
  }

  /** What is not there from the start is loaded when it is first asked for; what is `said` without it stands until then. */
  async #part<Part>(load: () => Promise<Part>, said: string): Promise<Part | undefined> {
    this.#session?.forget(said);
    try {
      return await load();
    } catch {
      this.#session?.refuse(new AppError("part", said));
      return undefined;
    }
  }

  async #see(middle: Middle): Promise<void> {
    const there =
      middle !== "update" || (await this.#part(() => import("../update/one-update"), text.loading.update));
    if (there) this.middle = middle;
  }

  async #showRecorded(): Promise<void> {
    this.recorded = await this.#part(() => import("../recorded/recorded"), text.loading.recorded);
  }

  async #showBeside(): Promise<void> {
    this.#besideAsked = true;
    this.beside = await this.#part(() => import("../recorded/beside"), text.loading.recorded);
  }

  get #runs(): Experiment["runs"] {
    return this.#session?.experiment.runs ?? [];
  }

  /** Where the words do not come, the curves still say that it has gone on. */
  async #showResumed(): Promise<void> {
    this.#resumedAsked = true;
    this.resumed = await import("./resumed").catch(() => undefined);
  }

  async #showHelp(open: boolean): Promise<void> {
    if (!open || (await this.#part(() => import("./help"), text.loading.help))) this.help = open;
  }

  async #sharing(): Promise<Share | undefined> {
    const part = await this.#part(() => import("./share"), text.loading.share);
    const [session, root] = [this.#session, this.renderRoot];
    if (part && session)
      this.share ??= new part.Share({
        ...{ session, shelf: this.#shelf, root },
        take: (config, experiment) => this.#take(config, experiment),
        act: (act, visit) => this.#set(act, visit),
        changed: () => this.requestUpdate(),
      });
    return this.share;
  }

  /** Files may be the page's own, or images. */
  async #receive(files: readonly OwnFile[]): Promise<void> {
    const share = await this.#sharing();
    if (await share?.take(files)) return;
    const own = this.renderRoot.querySelector<Fold>(".own");
    if (own) own.open = true;
    await this.#useOwn((reader) => reader.give(files));
  }

  async #showEmbed(): Promise<void> {
    const part = await this.#part(() => import("./embed-dialog"), text.loading.embed);
    part?.openEmbedDialog(this.renderRoot, this.#address);
  }

  /** The page lives on while files are read; refused, they leave everything as it was. */
  async #useOwn(read: (reader: OwnReader) => Promise<OwnData | null>): Promise<void> {
    if (BUNDLED) {
      this.#session?.refuse(new AppError("files", text.ownData.inside));
      return;
    }
    this.#session?.forget(text.ownData.notLoaded);
    try {
      this.reader ??= await this.#newReader();
      const own = await read(this.reader);
      if (own) await this.#set((experiment) => experiment.useOwn(own));
    } catch (thrown) {
      const error = toAppError(thrown, "part");
      if (error.kind === "files")
        this.#tell("np-error", { ...this.#result, error: toFailure(error, error.code) });
      else this.#session?.refuse(new AppError("part", text.ownData.notLoaded));
    }
  }

  async #newReader(): Promise<OwnReader> {
    const { OwnReader } = await import("../dataset/own-reader");
    const reader = new OwnReader();
    reader.addEventListener("change", () => this.requestUpdate());
    return reader;
  }

  /** What is open where there is room for it. */
  readonly #resized = (): void => this.requestUpdate();

  /** A drop that no part of it has taken, and that the page around it has handed on. */
  readonly #drop = async (event: DragEvent): Promise<void> => {
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    await this.#receive(await dropped(event));
  };

  /**
   * A preset chosen while runs or a sweep are under way, or have come to their end, is to be seen at once. Where its
   * point is a sweep, that begins in place of the runs; when nothing has run yet, it waits for the reader.
   */
  async #usePreset(id: string): Promise<void> {
    const preset = PRESETS.find((candidate) => candidate.id === id);
    const session = this.#session;
    if (!preset || !session) return;
    const { experiment, sweep } = session;
    const atOnce = [experiment.phase, sweep.state.phase].some((phase) => STARTS_OTHERS.has(phase));
    sweep.cancel();
    await this.#visit(preset.config, true);
    const config = this.#config;
    const [algorithm] = config.algorithms;
    if (!preset.sweep || !algorithm) {
      if (atOnce) await this.#next(goOn);
      return;
    }
    const plan = { ...preset.sweep, config, algorithm };
    sweep.propose(plan, true);
    if (atOnce) this.#sweepOver(plan);
  }
}

/** Not what has run to its end already. */
function goOn(experiment: Experiment): void {
  if (experiment.phase !== "done") experiment.play();
}

function stepsOf({ runs }: Experiment): number[] {
  return runs.map(({ steps_per_epoch }) => steps_per_epoch);
}

/** Training goes on without them. */
function withoutInsides(): AppError {
  return new AppError("part", text.loading.insides);
}

define("np-playground", NpPlayground);
