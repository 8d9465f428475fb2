/** The words around the article. Its own text stands in learn.html, and the numbers in it in learn/facts.json. */

const counted = (updates: number) => (updates === 1 ? "1 update" : `${updates} updates`);

export const page = {
  title: "How noise teaches a network",
  description:
    "Backpropagation tells every weight how to change. Node perturbation shakes the units, looks at one number and keeps what helped. Seven live figures show how.",
  lede:
    "Backpropagation tells every weight exactly how to change. Node perturbation shakes the units, looks at one number, " +
    "and keeps what helped.",
  back: "To the playground",
  reference: "For reference",
  sources: "Sources",
};

export const panels = {
  landscape: "The loss over the two weights",
  loss: "The loss, update by update",
  before: "The images as they come",
  after: "The same images, behind R",
  stages: [
    "1. The clean pass",
    "2. The noise",
    "3. How far each unit moved",
    "4. NP’s credit",
    "5. ANP’s credit",
    "6. What backpropagation says",
  ],
  along: "The loss along the noise",
  shares: "What is measured, for a slope of 1",
  arrows: "The average step and the gradient",
  angles: "Their angle, in degrees",
};

/** What stands over the parts of a strip, and left of its layers. */
export const columns = ["", "64 units", "64 units", "outputs"];

export const asides = {
  noise: "a little, for",
  every: "every unit",
  change: "loss",
  noiseTimes: "noise times",
  moveTimes: "move times",
  exact: "it needs a",
  back: "way back",
  random: "a random direction",
  gradient: "the gradient",
};

export const strips = {
  clean: (loss: string) => `The image and the activity of every unit. The loss is ${loss}.`,
  noise: "The noise that every unit gets.",
  moved: "How far every unit moved, by its own noise and by that of the units below.",
  np: "The credit of every unit by node perturbation: its noise, times one number.",
  anp: "The credit of every unit by activity-based node perturbation: how far it moved, times one number.",
  exact: "The exact gradient for every unit, by backpropagation.",
};

export const axes = {
  firstWeight: "first weight",
  secondWeight: "second weight",
  firstPixel: "first pixel",
  secondPixel: "second pixel",
  updates: "updates",
  along: "times the noise",
  noise: "noise",
  draws: "throws that are averaged",
};

/** What a picture shows, to those who do not see it. */
export const described = {
  landscape: (tracks: string) => `The loss over two weights, stronger in tone where it is larger. ${tracks}`,
  track: (rule: string, from: string, to: string) => `${rule} went from ${from} to ${to}.`,
  cloud: (correlation: string) => `Images as points, a pixel an axis. Their correlation is ${correlation}.`,
  loss: (tracks: string) => `Curves of the loss. ${tracks}`,
  along: (noise: string, share: string) =>
    `The loss along a noise of ${noise}, with its tangent at the clean pass, and the chord to the noisy one, which is ${share} times as steep.`,
  shares: "How steep the chord is, for a tangent of 1, against the noise.",
  angle: (draws: number, degrees: number) =>
    `Arrows: the mean of ${draws} throws is ${degrees}° from the gradient.`,
  angles: "The angle against the number of throws, and the curve that noise of no preference follows.",
  losses: (rule: string, from: string, to: string) => `${rule}: from ${from} to ${to}.`,
};

export const acts = {
  play: "Play",
  pause: "Pause",
  step: {
    ...{ noise: "Throw once", update: "Next stage", along: "More noise", angle: "More throws" },
    ...{ pixels: "One update", threshold: "One update" },
  },
  again: "Start again",
};

/** What a reader may choose, by the lesson. */
export const rates: Readonly<Record<string, string>> = { along: "Noise", pixels: "Learning rate" };

/** What is seen at each stage of an update, in which the noise changed the loss by so much. */
export const stages: readonly ((loss: string, change: number) => string)[] = [
  (loss: string) =>
    `The image goes through the network, and the loss is ${loss}. Orange: above zero. Blue: below.`,
  () => "The same image again. This time every unit gets a little noise of its own.",
  (_: string, change: number) =>
    `The noise made the loss ${Math.abs(change).toFixed(4)} ${change > 0 ? "larger" : "smaller"}. Units moved by their own noise, and by what came from below.`,
  (_: string, change: number) =>
    `NP takes the noise, times one number for all: ${change > 0 ? "units are to do the opposite of it" : "units are to do more of it"}. It has to know the noise.`,
  (_: string, change: number) =>
    `ANP takes how far each unit moved, times one number for all: ${change > 0 ? "units are to move the other way" : "units are to move further"}. It never asks what the noise was.`,
  () =>
    "Each single credit is rough: compare it with the exact gradient. Averaged over many throws, NP’s gets there.",
];

/** What the pictures come to, in numbers. */
export const said = {
  ready: "Recorded earlier. Play computes it anew, here.",
  start: "At the start.",
  noise: (update: number, change: number, to: string) =>
    `Throw ${update}: the noise made the loss ${Math.abs(change).toFixed(3)} ${change > 0 ? "larger, so the weights go the other way" : "smaller, so the weights follow it"}. The loss is now ${to}.`,
  pixels: (updates: number, plain: string, decorrelated: string, before: string, after: string) =>
    `After ${counted(updates)}: loss ${plain} with NP, ${decorrelated} with DNP, whose R has taken the correlation from ${before} to ${after}.`,
  along: (noise: string, share: number) =>
    `Noise of ${noise}: the chord is ${share.toFixed(2)} times as steep as the tangent.`,
  angle: (draws: number, degrees: number) =>
    `${draws === 1 ? "A single throw is" : `The average of ${draws} throws is`} ${degrees}° from the gradient.`,
  threshold: (updates: number, bp: string, np: string, samples: number) =>
    `After ${counted(updates)} BP has ${bp} of ${samples} answers wrong, and NP ${np}.`,
};

export const failed = (what: string) =>
  `This figure could not start (${what}). Its picture stays; reload the page to try again.`;

/** It was live, and its worker is lost. */
export const stopped = (what: string) =>
  `This figure has stopped (${what}). Its picture stays; Play begins anew.`;
