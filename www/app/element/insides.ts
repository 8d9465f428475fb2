// What is done with runs: not needed before there is one, so it is loaded after the first paint.
import "../inside/covariance";
import "../inside/test-answers";
import "../inside/weights";
import "../storage/kept-list";
import "../controls/own-data";
import "../sweep/sweep-grid";
import "../tryit/try-it";
