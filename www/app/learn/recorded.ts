import { begin, type Engines } from "./begin";
import { picturesOf, TITLES } from "./drawings";
import facts from "./facts.json";
import { isLesson, LESSON_NAMES, type LessonName } from "./lessons";
import type { Sight } from "./sight";

// The build evaluates this file: the page gets the pictures and the numbers (see www/vite.config.ts).

/** As scripts/article.mjs writes them. */
const PICTURES = import.meta.glob<string>("./recorded/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});

const FACTS: Readonly<Record<string, string>> = facts;

/** A lesson's last sight: what is recorded. */
export function endOf(lesson: LessonName, engines: Engines): Sight {
  const course = begin(lesson, undefined, engines);
  while (!course.over) course.step();
  const { sight } = course;
  course.free();
  return sight;
}

/** The pictures of every lesson at its end, by the names of their files. */
export function recordings(engines: Engines): [file: string, svg: string][] {
  return LESSON_NAMES.flatMap((lesson) =>
    picturesOf(lesson, endOf(lesson, engines)).map((svg, index): [string, string] => [
      fileOf(lesson, index),
      svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
    ]),
  );
}

/** The article as the build ships it: with its pictures and its numbers. */
export function withRecorded(page: string): string {
  return page
    .replaceAll(/<!-- lesson (\w+) -->/g, (_, name: string) => panelsOf(name))
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => factOf(name));
}

function panelsOf(name: string): string {
  if (!isLesson(name)) throw new Error(`The article asks for the lesson ${name}, which there is not.`);
  const panel = (title: string, index: number) =>
    `<div class="panel"><p class="title">${title}</p>${PICTURES[`./recorded/${fileOf(name, index)}`]}</div>`;
  return TITLES[name].map(panel).join("");
}

function factOf(name: string): string {
  const fact = FACTS[name];
  if (fact === undefined)
    throw new Error(`The article asks for the number ${name}, which facts.json does not have.`);
  return fact;
}

function fileOf(lesson: LessonName, index: number): string {
  return `${lesson}-${index + 1}.svg`;
}
