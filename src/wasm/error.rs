//! Errors as JavaScript errors with a stable `code` and, for settings, `problems`.

use crate::error::Error;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A JavaScript `Error` whose message is the sentence, with `code` and `problems`.
pub fn to_js(error: Error) -> JsValue {
    let js = js_sys::Error::new(&error.to_string());
    set(&js, "code", error.code().into());
    if let Error::Config(problems) = &error
        && let Ok(problems) = problems.serialize(&Serializer::json_compatible())
    {
        set(&js, "problems", problems);
    }
    js.into()
}

fn set(object: &JsValue, key: &str, value: JsValue) {
    // Setting a property of a fresh Error cannot fail; there would be nobody to tell.
    let _ = js_sys::Reflect::set(object, &key.into(), &value);
}
