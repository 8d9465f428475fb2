import { workerHost } from "../contract/thread";
import { serve } from "./lesson-thread";

serve(workerHost());
