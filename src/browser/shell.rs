//! The app's life: it starts where the person left it, and after that every tap, every form sent and every move of
//! the browser goes the same way: the library changes the state, the orders it gives are carried out here, and Leptos
//! puts the new page in.

use super::{actions, clock, history, page, search, storage};
use canbao_app::action::{Action, Host};
use canbao_app::app::{Order, Place, State, Step, Visit};
use canbao_app::pages;
use canbao_engine::Program;
use canbao_engine::bake::{BakeError, unbake};
use leptos::html::div;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app in its page: with the page's notice as it was baked, if the page has one, and the step of what was
/// tapped before the app had arrived. `assets/boot.js` calls it.
///
/// # Errors
/// When the notice is damaged.
#[wasm_bindgen]
pub fn start(notice: Option<Vec<u8>>, tapped: Option<String>) -> Result<(), JsError> {
    begin(notice.as_deref(), tapped.as_deref())?;
    Ok(())
}

fn begin(notice: Option<&[u8]>, tapped: Option<&str>) -> Result<(), BakeError> {
    let program = notice.map(unbake).transpose()?.map(|program| &*Box::leak(Box::new(program)));
    let kept = storage::load(program.map(Program::id)).unwrap_or_default();
    let (entry, root) = (history::current(), page::way_to_root());
    let visit = Visit { program, root: &root, kept: &kept, entry: entry.as_deref(), tapped, on: clock::today() };
    let (state, orders) = State::start(visit);
    let state = RwSignal::new(state);
    carry_out(state, orders);
    show(state);
    spawn_local(arrived(state));
    Ok(())
}

/// Fetches the late pages, and shows the one that was waited for.
async fn arrived(state: RwSignal<State>) {
    // Where they do not come, the page that waits for them says what to do.
    if let Ok((late, host)) = late().await {
        state.update_untracked(|state| {
            state.late = Some(late);
            state.host = host;
        });
        if let Some(typed) = search::typed() {
            // The list that is being searched stays, and what was typed counts from now on.
            search::sift(&typed, late.matches);
        } else if !state.with_untracked(|state| matches!(state.place, Place::Question(_))) {
            state.notify();
        }
    }
}

/// The late pages, in a part of the program of their own, and what the app runs in, which only they ask.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(late, wasm_split_path = leptos::wasm_split, fallible)]
fn late() -> Result<(&'static pages::Late, Host), leptos::wasm_split::SplitLoaderError> {
    actions::listen();
    Ok((&pages::LATE, actions::host()))
}

/// Does something with a late page.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(late, wasm_split_path = leptos::wasm_split, fallible)]
fn act(action: Action) -> Result<(), leptos::wasm_split::SplitLoaderError> {
    actions::carry_out(action);
    Ok(())
}

/// The late pages. Only `cargo x build` splits the program; for `trunk serve` they are simply there.
#[cfg(not(feature = "split"))]
async fn late() -> Result<(&'static pages::Late, Host), ()> {
    actions::listen();
    Ok((&pages::LATE, actions::host()))
}

/// Does something with a late page.
#[cfg(not(feature = "split"))]
async fn act(action: Action) -> Result<(), ()> {
    actions::carry_out(action);
    Ok(())
}

/// Puts the app in the place of what stood in the page.
fn show(state: RwSignal<State>) {
    let Some((root, before)) = page::root() else { return };
    // The choice of a county stands in the file already, and is of use until the app's own has arrived.
    let page = move |state: &State| {
        if state.place == Place::Counties && state.late.is_none() { before.clone() } else { shown(state) }
    };
    mount_to(root, move || div().inner_html(move || state.with(&page))).forget();

    page::on_tap(move |step| {
        if let Some(step) = Step::parse(step) {
            change(state, |state| state.take(step, clock::today()));
        }
    });
    page::on_send(move |form, typed| {
        change(state, |state| {
            state.send(form, typed, clock::today()).unwrap_or_else(|problem| {
                page::write("#problem", &problem.message);
                page::focus(problem.at);
                Vec::new()
            })
        });
    });
    page::on_move(move || {
        change(state, |state| {
            state.arrive(history::current().as_deref(), clock::today());
            Vec::new()
        });
    });
    search::listen(move |typed, names| {
        state.with_untracked(|state| state.late.is_none_or(|late| (late.matches)(typed, names)))
    });
    storage::on_change(move || change(state, |_| Vec::new()));
    page::ready();
}

/// The page for the state.
fn shown(state: &State) -> String {
    page::set_title(&pages::title(state));
    if state.moves > 0 {
        page::begin_at_heading();
    }
    pages::page(state)
}

/// Changes the state as other windows have left it, and carries out what is left to do. The page is made anew when it
/// moved on; otherwise what was typed into it stays.
fn change(signal: RwSignal<State>, change: impl FnOnce(&mut State) -> Vec<Order>) {
    let changed = signal.try_update_untracked(|state| {
        let moves = state.moves;
        if let Some(kept) = storage::load(state.notice()) {
            state.meet(&kept, clock::today());
        }
        let orders = change(state);
        (orders, state.moves != moves)
    });
    if let Some((orders, moved)) = changed {
        carry_out(signal, orders);
        if moved {
            signal.notify();
        }
    }
}

fn carry_out(state: RwSignal<State>, orders: Vec<Order>) {
    for order in orders {
        match order {
            Order::Push(entry) => history::push(&entry),
            Order::Replace(entry) => history::replace(&entry),
            Order::Back => history::back(),
            Order::Keep(notice, text) => {
                let unkept = !storage::keep(notice, &text);
                state.update_untracked(|state| state.unkept = unkept);
            }
            Order::Forget => storage::forget(),
            Order::Fetch => spawn_local(arrived(state)),
            Order::Do(action) => spawn_local(async move {
                // The button stands on a late page, so this has arrived with it.
                let _ = act(action).await;
            }),
        }
    }
}
