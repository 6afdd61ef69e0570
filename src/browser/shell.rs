//! The app's life: it starts where the person left it, and after that every tap, every form sent and every move of
//! the browser goes the same way: the library changes the state, the orders it gives are carried out here, and Leptos
//! puts the new page in.

use super::{clock, history, page, storage};
use canbao_app::app::{Order, State, Step};
use canbao_app::pages;
use leptos::html::div;
use leptos::mount::mount_to;
use leptos::prelude::*;

/// Starts the app.
pub fn start() {
    let Some(root) = page::root() else { return };
    let kept = storage::load().unwrap_or_default();
    let (state, orders) = State::start(&kept, history::current().as_deref(), clock::today());
    carry_out(orders);
    let state = RwSignal::new(state);
    mount_to(root, move || div().inner_html(move || state.with(shown))).forget();

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
}

/// The page for the state.
fn shown(state: &State) -> String {
    page::set_title(&pages::title(state));
    if state.moves > 0 {
        page::begin_at_heading();
    }
    pages::page(state)
}

/// Changes the state and carries out what is left to do. The page is made anew when it moved on; otherwise what was
/// typed into it stays.
fn change(signal: RwSignal<State>, change: impl FnOnce(&mut State) -> Vec<Order>) {
    let changed = signal.try_update_untracked(|state| {
        let moves = state.moves;
        let orders = change(state);
        (orders, state.moves != moves)
    });
    if let Some((orders, moved)) = changed {
        carry_out(orders);
        if moved {
            signal.notify();
        }
    }
}

fn carry_out(orders: Vec<Order>) {
    for order in orders {
        match order {
            Order::Push(entry) => history::push(&entry),
            Order::Replace(entry) => history::replace(&entry),
            Order::Back => history::back(),
            Order::Keep(text) => storage::keep(&text),
            Order::Forget => storage::forget(),
        }
    }
}
