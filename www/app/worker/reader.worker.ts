import { workerHost } from "../contract/thread";
import { serve } from "./reader-thread";

serve(workerHost());
