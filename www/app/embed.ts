// The page that others show in a frame: what its address asks for, then what every page does, then its talk with the page
// around it. In this order, since an element that begins takes its attributes as they are.
import "./frame-attributes";
import "./main";
import "./frame-messages";
