import { LESSONS, type LessonName } from "./lessons";
import { AlongCourse, AngleCourse, type OpenNetwork, UpdateCourse } from "./network-course";
import type { Course } from "./sight";
import { type MakeToy, WeightsCourse } from "./weights-course";

/** What makes the networks that lessons are about. */
export interface Engines {
  Toy: MakeToy;
  open: OpenNetwork;
}

/** A lesson at its beginning; `rate` is what its reader has chosen. */
export function begin(name: LessonName, rate: number | undefined, { Toy, open }: Engines): Course {
  const lesson = LESSONS[name];
  switch (lesson.kind) {
    case "weights":
      return new WeightsCourse(lesson, rate ?? lesson.lr, Toy);
    case "update":
      return new UpdateCourse(open);
    case "along":
      return new AlongCourse(open, rate ?? 0);
    case "angle":
      return new AngleCourse(open);
  }
}
