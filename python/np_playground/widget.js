// The widget around the element, by the anywidget contract: settings go from Python to the page, the result comes back.
// No name stands outside the object: the element's own script is put in front of this one.

export default {
  render({ model, el }) {
    const playground = document.createElement("np-playground");
    let latest;
    let timer;
    // Epochs can come faster than a kernel wants to hear of them; the last word is always said.
    const say = ({ detail: { error, ...result } }) => {
      latest = result;
      timer ??= setTimeout(tell, 200);
    };
    const tell = () => {
      timer = undefined;
      model.set("result", latest);
      model.save_changes();
    };
    const refuse = ({ detail: { error } }) => {
      model.set("error", error.message);
      model.save_changes();
    };
    const configure = () => {
      model.set("error", "");
      Object.assign(playground, model.get("config"));
    };
    playground.addEventListener("np-epoch", say);
    playground.addEventListener("np-done", say);
    playground.addEventListener("np-error", refuse);
    model.on("change:config", configure);
    playground.autoplay = model.get("autoplay");
    configure();
    el.append(playground);
    return () => {
      model.off("change:config", configure);
      clearTimeout(timer);
      playground.remove();
    };
  },
};
