//! The app's entry point: a stub that proves the pipeline, until the pages arrive.

use leptos::mount::mount_to_body;
use leptos::prelude::*;

/// A heading and a counter.
#[component]
fn App() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! {
        <h1>"参保"</h1>
        <button data-testid="counter" on:click=move |_| set_count.update(|n| *n += 1)>
            {move || count.get()}
        </button>
    }
}

fn main() {
    mount_to_body(App);
}
