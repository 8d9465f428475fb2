// The widget around the element, by the anywidget contract: settings go from Python to the page, the result comes back.
// No name stands outside the object: the element's own script is put in front of this one.

export default {
  render({ model, el }) {
    const playground = document.createElement("np-playground");
    let latest;
    let timer;
    const tell = () => {
      clearTimeout(timer);
      timer = undefined;
      model.set("result", latest);
      model.save_changes();
    };
    // Epochs can come faster than a kernel wants to hear of them.
    const measured = ({ detail }) => {
      latest = detail;
      timer ??= setTimeout(tell, 200);
    };
    const done = ({ detail }) => {
      latest = detail;
      tell();
    };
    const refuse = ({ detail: { error } }) => {
      model.set("error", error.message);
      model.save_changes();
    };
    const configure = async () => {
      model.set("error", "");
      model.save_changes();
      await playground.configure(model.get("config"));
      if (model.get("autoplay") && !model.get("error")) await playground.play();
    };
    playground.addEventListener("np-epoch", measured);
    playground.addEventListener("np-done", done);
    playground.addEventListener("np-error", refuse);
    model.on("change:config", configure);
    playground.autoplay = model.get("autoplay");
    // Taken when the element begins, in the page; what changes later is told to it.
    playground.configure(model.get("config"));
    el.append(playground);
    return () => {
      model.off("change:config", configure);
      clearTimeout(timer);
      playground.remove();
    };
  },
};
