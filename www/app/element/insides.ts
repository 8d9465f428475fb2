// What is seen inside the runs: not needed before there is one, so it is loaded after the first paint.
import "../inside/covariance";
import "../inside/test-answers";
import "../inside/weights";
import "../tryit/try-it";
