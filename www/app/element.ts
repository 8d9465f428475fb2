// What another page's script tag asks for: the element, and nothing that belongs to a page.
import "./element/np-playground";
