import * as text from "../text/learn";
import { alongPictures, anglePictures, updatePictures } from "./draw-network";
import { weightsPictures } from "./draw-weights";
import { LESSONS, type LessonName } from "./lessons";
import type { Sight } from "./sight";

const { panels } = text;

/** What the pictures of each lesson are of. */
export const TITLES: Readonly<Record<LessonName, readonly string[]>> = {
  noise: [panels.landscape, panels.loss],
  update: panels.stages,
  along: [panels.along, panels.shares],
  angle: [panels.arrows, panels.angles],
  pixels: [panels.before, panels.after, panels.landscape],
  threshold: [panels.landscape, panels.loss],
};

/** The pictures of a lesson as it is now, as SVG: what is recorded and what is live are drawn here. */
export function picturesOf(name: LessonName, sight: Sight): string[] {
  switch (sight.kind) {
    case "weights": {
      const lesson = LESSONS[name];
      return lesson.kind === "weights" ? weightsPictures(lesson, sight) : [];
    }
    case "update":
      return updatePictures(sight);
    case "along":
      return alongPictures(sight);
    case "angle":
      return anglePictures(sight);
  }
}
