import { html, nothing, type TemplateResult } from "lit";
import "../share/share-dialog";
import { BUNDLED } from "../contract/bundled";
import { commandLine, configFile, PAPER_BIBTEX, runBibtex, softwareBibtex } from "../contract/citation";
import { type Config, SCHEMA } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { OwnFile } from "../contract/own";
import type { Result } from "../contract/result";
import { RULES, ruleHue } from "../contract/rules";
import { toLink } from "../contract/url";
import { toAuthors } from "../share/authors";
import { captionOf } from "../share/caption";
import { packCheckpoints } from "../share/checkpoint";
import { toCsv } from "../share/csv";
import { textFile } from "../share/files";
import { areOurs, type Opened, openFiles } from "../share/open";
import { provenLink } from "../share/proven";
import type { Figure, Look, Offer, Passage, Proven, Said, Sharing } from "../share/sharing";
import type { Experiment } from "../state/experiment";
import { leave } from "../storage/keeper";
import { keptOf } from "../storage/kept";
import type { Shelf } from "../storage/shelf";
import { refused, share } from "../text/share";
import { type Colours, coloursOf, inTheme } from "../ui/palette";
import { loadEngine } from "../worker/engine";
import { Reader, spawnReader } from "../worker/reader";
import { type Chart, chartsIn } from "./charts";
import type { Session } from "./session";
import { siteAddress, siteLink } from "./site";

interface Parts {
  session: Session;
  shelf: Shelf;
  /** What holds the charts. */
  root: ParentNode;
  /** The settings of a file take the place of those that are there. */
  take: (config: Config, experiment: Experiment) => Promise<void>;
  /** Does something to the experiment, after what was asked for before; `visit`: as another entry of the history. */
  act: (act: Act, visit: boolean) => Promise<void>;
  changed: () => void;
}

type Act = (experiment: Experiment) => Promise<unknown>;

/** Properties whose colours are the rules'. */
const HUES: ReadonlySet<string> = new Set(RULES.map(ruleHue));

/** What leaves the page and comes back to it: the dialog for it, and what is dropped. */
export class Share implements Sharing {
  readonly #parts: Parts;
  #open = false;
  said: Said | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The dialog, or what is to be said of files that were dropped beside it. */
  get view(): TemplateResult | typeof nothing {
    const { said } = this;
    if (this.#open) return html`<np-share .sharing=${this} .said=${said} .moment=${this.#moment}></np-share>`;
    if (!said) return nothing;
    return html`<div class="notice" role=${said.problem ? "alert" : "status"}>
      <p>${said.words}</p>
      <button type="button" @click=${() => this.#say(undefined)}>${share.close}</button>
    </div>`;
  }

  /** Another one where runs have come to their end, others have taken their place, or results are pinned behind them. */
  get #moment(): string {
    const standing = this.#result.runs.map(({ status, history }) => `${status} ${history.epoch.length > 0}`);
    const pinned = this.#parts.shelf.ghosts.map(({ id, mark }) => mark + id);
    return [this.link, this.isOther, ...standing, ...pinned].join();
  }

  show(): void {
    this.#open = true;
    this.#say(undefined);
  }

  readonly close = (): void => {
    this.#open = false;
    this.#say(undefined);
  };

  readonly open = (files: readonly File[]): Promise<void> =>
    this.#takeAll(files.map((file) => ({ path: file.name, file })));

  /** Takes files that this page or the command has written; of any others it says false. */
  async take(files: readonly OwnFile[]): Promise<boolean> {
    if (!(await areOurs(files))) return false;
    await this.#takeAll(files);
    return true;
  }

  get link(): string {
    return siteLink(toLink(this.#result.config));
  }

  get linkHelp(): string {
    const { dataset, arithmetic } = this.#result.config;
    if (BUNDLED) return share.linkHelp.inside;
    if (arithmetic === "fast") return share.linkHelp.fast;
    return dataset === "own" ? share.linkHelp.own : share.linkHelp.mnist;
  }

  get isOther(): boolean {
    return toLink(this.#parts.session.experiment.address) !== toLink(this.#result.config);
  }

  get proven(): Proven {
    if (BUNDLED) return { why: share.unproven.inside };
    const proven = provenLink(this.#result);
    return "link" in proven ? { link: siteLink(proven.link) } : proven;
  }

  get passages(): readonly Passage[] {
    const result = this.#result;
    const { proven } = this;
    const link = "link" in proven ? proven.link : this.link;
    const { paper, software, run, command, config, inside } = share.cite;
    const { own } = this.#parts.session.experiment;
    const ofPictures = result.config.dataset === "own" && own?.pictures === true;
    const day = new Date().toISOString().slice(0, 10);
    return [
      { ...paper, text: PAPER_BIBTEX },
      {
        label: software.label,
        help: BUNDLED ? inside.software : software.help,
        text: softwareBibtex(siteAddress()),
      },
      {
        label: run.label,
        help: BUNDLED ? inside.run : run.help,
        text: runBibtex(result, BUNDLED ? undefined : link, day),
      },
      {
        label: command.label,
        help: BUNDLED ? inside.command : command.help(result.config.arithmetic === "fast", ofPictures),
        text: commandLine(result.config, own ?? undefined),
      },
      { ...config, text: configFile(result.config) },
    ];
  }

  get name(): string {
    const { algorithms, seed } = this.#result.config;
    return ["np-playground", ...algorithms.slice(0, 4), `seed-${seed}`].join("-");
  }

  get figures(): readonly Figure[] {
    return chartsIn(this.#parts.root).map((chart) => ({
      name: chart.figure.y.label,
      draw: (look) => this.#draw(chart, look),
    }));
  }

  get files(): readonly Offer[] {
    if (this.#result.runs.every(({ history }) => history.epoch.length === 0)) return [];
    return [
      {
        ...{ label: share.csv, help: share.csvHelp, end: "csv" },
        make: () => textFile(toCsv(this.#result), "text/csv"),
      },
      {
        ...{ label: share.json, help: share.jsonHelp, end: "json" },
        make: () => textFile(`${JSON.stringify(this.#result)}\n`, "application/json"),
      },
      {
        ...{ label: share.authors, help: share.authorsHelp, end: "results.zip" },
        make: () => toAuthors(this.#result),
      },
      {
        ...{ label: share.checkpoint, help: share.checkpointHelp, end: "checkpoint.zip" },
        make: () => this.#checkpoint(),
      },
      {
        ...{ label: share.weights, help: share.weightsHelp, end: "safetensors" },
        make: () => this.#weights(),
      },
    ];
  }

  get #result(): Result {
    return this.#parts.session.experiment.result;
  }

  /** What draws is large, and is loaded with the first figure. */
  async #draw(chart: Chart, { palette, width }: Look): Promise<SVGElement> {
    const { figureOf } = await import("../chart/figure");
    const { config, version } = this.#result;
    const drawn = (colour: Colours) =>
      figureOf(chart.figure, {
        width,
        colour,
        caption: captionOf(config, version, chart),
        source: this.link,
      });
    if (palette === "paper") return inPaper(drawn);
    return drawn(coloursOf(chart));
  }

  /** Asked in one moment, all runs have taken the same changes: those of the settings at this moment. */
  async #checkpoint(): Promise<Blob> {
    const { runs, result } = this.#parts.session.experiment;
    const [{ sha256 }, standing] = await Promise.all([loadEngine(), Promise.all(runs.map(leave))]);
    return packCheckpoints(result, standing, sha256);
  }

  async #weights(): Promise<Blob> {
    const { weightsFile } = await import("../worker/weights");
    const { runs, result } = this.#parts.session.experiment;
    const standing = await Promise.all(runs.map(leave));
    return weightsFile(
      result.config,
      standing.flatMap(({ checkpoint }) => checkpoint ?? []),
    );
  }

  async #takeAll(files: readonly OwnFile[]): Promise<void> {
    const words: string[] = [];
    try {
      for (const opened of await openFiles(files, await loadEngine())) {
        words.push(await this.#bring(opened));
        this.#say({ problem: false, words: words.join(" ") });
      }
    } catch (thrown) {
      this.#say({ problem: true, words: [...words, toAppError(thrown, "files").message].join(" ") });
    }
  }

  async #bring(opened: Opened): Promise<string> {
    const { name } = opened;
    switch (opened.kind) {
      case "config":
        await this.#act((experiment) => this.#parts.take(opened.config, experiment), true);
        return share.configured(name);
      case "checkpoint":
        await this.#goOn(opened);
        return share.wentOn(name);
      case "result":
        return this.#pin(name, opened.result);
    }
  }

  async #goOn({ name, config, runs }: Extract<Opened, { kind: "checkpoint" }>): Promise<void> {
    const begun = runs.find(({ checkpoint }) => checkpoint);
    await this.#compareImages(name, config, begun?.checkpoint);
    await this.#act((experiment) => experiment.goOn(config, runs), false);
  }

  /** Fails with what refused it, which stands on the page, too. */
  async #act(act: Act, visit: boolean): Promise<void> {
    const { session, act: next } = this.#parts;
    let done = false;
    let refusal: unknown;
    const acted = async (experiment: Experiment) => {
      try {
        await act(experiment);
        done = true;
      } catch (thrown) {
        refusal = thrown;
        throw thrown;
      }
    };
    await next(acted, visit);
    // What failed before is to be tried again first.
    if (!done) throw refusal ?? session.failure;
  }

  /**
   * A run on other images than those here is refused by the engine: before anything here gives way to it. A script of one file
   * has others than the site.
   */
  async #compareImages(name: string, config: Config, checkpoint?: Uint8Array): Promise<void> {
    const { experiment } = this.#parts.session;
    if (config.dataset === "own" && !experiment.own) throw new AppError("files", refused.noImages(name));
    const reader = new Reader(spawnReader);
    try {
      const { trainer } = await loadEngine();
      reader.use(await trainer(config.arithmetic), await experiment.shardsFor(config), 1);
      if (checkpoint) await reader.ask(checkpoint, { about: "checkpoint" });
    } catch (thrown) {
      throw new AppError("files", `${name}: ${toAppError(thrown, "engine").message}`);
    } finally {
      reader.terminate();
    }
  }

  /** Among the kept results, and behind the curves. */
  async #pin(name: string, result: Result): Promise<string> {
    const { shelf } = this.#parts;
    const { train_size, batch_size } = result.config;
    const steps = result.runs.map(() => Math.ceil(train_size / batch_size));
    const kept = keptOf(result, steps, Date.now());
    await shelf.keep(kept);
    const mark = shelf.pin(kept.id);
    const words = mark ? share.pinned(name, result.runs.length, mark) : share.allPinned(name);
    const { version } = result;
    return [SCHEMA.version, share.authors].includes(version)
      ? words
      : `${words} ${share.otherVersion(version, SCHEMA.version)}`;
  }

  /** Forgets what was said of files. */
  forget(): void {
    this.said = undefined;
  }

  #say(said: Said | undefined): void {
    this.said = said;
    this.#parts.changed();
  }
}

/** The hues of the paper's own figures, which are those on dark ground here, on its white. */
function inPaper<T>(draw: (colour: Colours) => T): T {
  return inTheme("dark", (hue) =>
    inTheme("light", (colour) => draw((property) => (HUES.has(property) ? hue(property) : colour(property)))),
  );
}
