//! The app's life: it starts where the person left it, and after that every tap, every form sent and every move of
//! the browser goes the same way: the library changes the state, the orders it gives are carried out here, and Leptos
//! puts the new page in.

use super::{actions, clock, history, page, search, storage};
use any_spawner::Executor;
use canbao_app::action::{Action, Host};
use canbao_app::app::{Order, Place, State, Step, Visit};
use canbao_app::pages;
use canbao_engine::Program;
use canbao_engine::bake::{BakeError, unbake};
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use js_sys::futures::JsFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the app in its page: with the page's notice as it was baked, if the page has one, the step of what was tapped
/// before the app had arrived, and what waits for the style of the late pages. `assets/boot.js` calls it.
///
/// # Errors
/// When the notice is damaged.
#[wasm_bindgen]
pub fn start(notice: Option<String>, tapped: Option<String>, styled: Promise) -> Result<(), JsError> {
    begin(notice.as_deref(), tapped.as_deref(), styled).map_err(|error| JsError::new(error.text()))
}

fn begin(notice: Option<&str>, tapped: Option<&str>, styled: Promise) -> Result<(), BakeError> {
    let program = notice.map(unbake).transpose()?.map(|program| &*Box::leak(Box::new(program)));
    let kept = storage::load(program.map(Program::id)).unwrap_or_default();
    let (entry, root) = (history::current(), page::way_to_root());
    let (carried, standing) = (history::carried(), page::question());
    history::carry(&carried);
    let visit = Visit {
        program,
        root: &root,
        kept: &kept,
        carried: &carried,
        entry: entry.as_deref(),
        standing: standing.as_deref(),
        tapped,
        on: clock::today(),
        dated: clock::asked().is_some(),
    };
    let state = ArcRwSignal::new(State::start(visit));
    // What Leptos runs its effects with; it is there already only if somebody called this twice.
    let _ = Executor::init_wasm_bindgen();
    show(&state);
    Timeout::new(0, move || {
        catch_up(&state);
        spawn_local(arrived(state, Some(JsFuture::from(styled))));
    })
    .forget();
    Ok(())
}

/// Does what was left for the moment after the start, and lets the page follow.
fn catch_up(state: &ArcRwSignal<State>) {
    let stood = state.with_untracked(State::stands);
    change(state, &mut |_| Vec::new());
    if stood {
        state.notify();
    }
}

/// What the late part of the program brings.
#[derive(Clone, Copy)]
struct Arrived {
    pages: &'static pages::Late,
    /// What the app runs in, which only those pages ask.
    host: Host,
    /// Does something with such a page.
    act: fn(Action),
    /// Listens for what matters once it is there, and says whether the choice of a county is being searched already.
    listen: fn(ArcRwSignal<State>) -> bool,
    /// Makes what runs next run once.
    rehearse: fn(&State),
}

thread_local! {
    /// Until it has arrived there is no button for it.
    static ACT: Cell<fn(Action)> = const { Cell::new(|_| ()) };
}

/// Fetches the late pages, and shows the one that was waited for, once its style is there too.
async fn arrived(state: ArcRwSignal<State>, styled: Option<JsFuture>) {
    // Where they do not come, the page that waits for them says what to do.
    let Ok(late) = late().await else { return };
    if let Some(styled) = styled {
        let _ = styled.await;
    }
    ACT.set(late.act);
    state.update_untracked(|state| {
        state.late = Some(late.pages);
        state.host = late.host;
    });
    // A list that is being searched stays.
    if !(late.listen)(state.clone()) && !state.with_untracked(|state| matches!(state.place, Place::Question(_))) {
        state.notify();
    }
    state.with_untracked(late.rehearse);
}

/// The late pages and what belongs to them, in a part of the program of their own.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(late, wasm_split_path = leptos::wasm_split, fallible)]
fn late() -> Result<Arrived, leptos::wasm_split::SplitLoaderError> {
    Ok(arrival())
}

/// The late pages. Only `cargo x build` splits the program; for `trunk serve` they are simply there.
#[cfg(not(feature = "split"))]
async fn late() -> Result<Arrived, ()> {
    Ok(arrival())
}

fn arrival() -> Arrived {
    Arrived { pages: &pages::LATE, host: actions::host(), act: actions::carry_out, listen, rehearse: State::rehearse }
}

fn listen(state: ArcRwSignal<State>) -> bool {
    actions::listen();
    storage::on_change(move || {
        change(&state, &mut |state| {
            state.wake(clock::today());
            Vec::new()
        });
    });
    search::listen()
}

/// Keeps the page in step with the state, from what stands in the page on.
fn show(state: &ArcRwSignal<State>) {
    let shown = state.clone();
    let keep = RenderEffect::new(move |before: Option<Option<Shown>>| shown.with(|state| put(state, before.flatten())));
    // As long as the page lives.
    std::mem::forget(keep);

    let heard = state.clone();
    page::on_tap(move |step| {
        if let Some(step) = Step::parse(step) {
            change(&heard, &mut |state| state.take(step, clock::today()));
        }
    });
    let heard = state.clone();
    page::on_send(move |form, typed| {
        change(&heard, &mut |state| {
            state.send(form, typed, clock::today()).unwrap_or_else(|problem| {
                page::refuse(&problem.message, problem.at);
                Vec::new()
            })
        });
    });
    let heard = state.clone();
    page::on_move(move || {
        change(&heard, &mut |state| {
            let entry = history::current();
            state.arrive(entry.as_deref(), clock::today());
            // It may carry what was said, or deleted, before.
            entry.map(Order::Replace).into_iter().collect()
        });
    });
    page::ready();
}

/// What was put into the page, and how often it had changed by then.
struct Shown {
    parts: [String; 3],
    moves: u32,
}

/// Puts the page for the state in the place of the one before.
fn put(state: &State, before: Option<Shown>) -> Option<Shown> {
    // The choice of a county stands in the file already, and is of use until the app's own has arrived.
    if state.stands() || state.place == Place::Counties && state.late.is_none() {
        return before;
    }
    let before = before.unwrap_or_else(|| Shown { parts: page::standing(), moves: 0 });
    page::set_title(&pages::title(state));
    if state.moves > 0 {
        page::begin_at_heading(pages::waits(state));
    }
    let parts = pages::parts(state);
    page::put(&parts, &before.parts, state.moves != before.moves);
    Some(Shown { parts, moves: state.moves })
}

/// Changes the state as other windows have left it, once it has caught up, and carries out what is left to do. The page is made anew when it
/// moved on; otherwise what was typed into it stays.
fn change(signal: &ArcRwSignal<State>, change: &mut dyn FnMut(&mut State) -> Vec<Order>) {
    let changed = signal.try_update_untracked(|state| {
        let moves = state.moves;
        if let Some(kept) = storage::load(state.notice()) {
            state.meet(&kept, clock::today());
        }
        let mut orders = state.catch_up(clock::today());
        orders.extend(change(state));
        (orders, state.moves != moves)
    });
    if let Some((orders, moved)) = changed {
        carry_out(signal, orders);
        if moved {
            signal.notify();
        }
    }
}

fn carry_out(state: &ArcRwSignal<State>, orders: Vec<Order>) {
    for order in orders {
        match order {
            Order::Push(entry) => history::push(&entry),
            Order::Replace(entry) => history::replace(&entry),
            Order::Back => history::back(),
            Order::Keep(notice, text) => {
                let unkept = !storage::keep(notice, &text);
                history::carry(if unkept { &text } else { "" });
                state.update_untracked(|state| state.unkept = unkept);
            }
            Order::Forget => {
                storage::forget();
                history::carry("");
            }
            Order::Fetch => spawn_local(arrived(state.clone(), None)),
            Order::Do(action) => ACT.get()(action),
        }
    }
}
