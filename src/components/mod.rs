//! What pages are made of.
//!
//! Plain functions from values to views, on top of one function, [`element`]. Leptos compiles every combination of
//! view types anew, and on a slow line that is paid for in seconds: `view!` in these places made the download a
//! quarter larger. So an element here is always the same type, whatever its tag, attributes and children.

pub mod fields;
pub mod outcome;

use crate::app::{App, Step};
use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::html::{Custom, HtmlElement, custom};
use leptos::prelude::*;

/// Anything that can be shown. In a box, because pages pass views on many times and a view is ten words long.
pub struct View(Box<AnyView>);

impl View {
    fn new(view: AnyView) -> Self {
        Self(Box::new(view))
    }

    /// As Leptos shows it.
    pub fn shown(self) -> AnyView {
        *self.0
    }
}

/// An element's attributes: names and values. One without a value is left out.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

type Element = HtmlElement<Custom<&'static str>, (Vec<AnyAttribute>,), (Vec<AnyView>,)>;

fn bare(tag: &'static str, attributes: Attributes<'_>, children: Vec<View>) -> Element {
    let given = attributes.iter().filter(|(_, value)| !value.is_empty());
    let attributes: Vec<AnyAttribute> =
        given.map(|&(name, value)| custom_attribute(name, value.to_owned()).into_any_attr()).collect();
    custom(tag).add_any_attr(attributes).child(unboxed(children))
}

fn unboxed(views: Vec<View>) -> Vec<AnyView> {
    views.into_iter().map(View::shown).collect()
}

/// An element.
pub fn element(tag: &'static str, attributes: Attributes<'_>, children: Vec<View>) -> View {
    View::new(bare(tag, attributes, children).into_any())
}

/// Text.
pub fn text(text: &str) -> View {
    View::new(text.to_owned().into_any())
}

/// An element around text.
pub fn label(tag: &'static str, attributes: Attributes<'_>, content: &str) -> View {
    element(tag, attributes, vec![text(content)])
}

/// Several views, one after the other.
pub fn all(views: Vec<View>) -> View {
    View::new(unboxed(views).into_any())
}

/// Nothing.
pub fn nothing() -> View {
    all(Vec::new())
}

/// The page's heading. It takes the focus when the page appears.
pub fn heading(text: &str) -> View {
    label("h1", &[("tabindex", "-1"), ("data-testid", "heading")], text)
}

/// A paragraph.
pub fn para(class: &str, text: &str) -> View {
    label("p", &[("class", class)], text)
}

/// A paragraph that tests look for.
pub fn named(id: &str, class: &str, text: &str) -> View {
    label("p", &[("class", class), ("data-testid", id)], text)
}

/// A box.
pub fn group(class: &str, children: Vec<View>) -> View {
    element("div", &[("class", class)], children)
}

/// A part of a page under a heading of its own.
pub fn section(title: &str, mut children: Vec<View>) -> View {
    children.insert(0, label("h2", &[], title));
    element("section", &[], children)
}

/// A smaller part. Nothing, where there is nothing in it.
pub fn part(title: &str, mut children: Vec<View>) -> View {
    if children.is_empty() {
        return nothing();
    }
    children.insert(0, label("h3", &[], title));
    group("part", children)
}

/// A part that opens on a tap. Nothing, where there is nothing in it.
pub fn folded(id: &str, title: &str, mut children: Vec<View>) -> View {
    if children.is_empty() {
        return nothing();
    }
    children.insert(0, label("summary", &[], title));
    element("details", &[("data-testid", id)], children)
}

/// A list. Nothing, where there is nothing in it.
pub fn bullets(items: Vec<String>) -> Vec<View> {
    list("ul", items)
}

/// Things to do in this order. Nothing, where there is nothing in it.
pub fn steps(items: Vec<String>) -> Vec<View> {
    list("ol", items)
}

fn list(tag: &'static str, items: Vec<String>) -> Vec<View> {
    if items.is_empty() {
        return Vec::new();
    }
    vec![element(tag, &[], items.iter().map(|item| label("li", &[], item)).collect())]
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// One of several answers.
    Answer,
    /// The answer given before.
    Chosen,
    /// The way on.
    Main,
    /// Beside the way on.
    Quiet,
    /// In the frame or a list.
    Small,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Chosen => "answer chosen",
            Self::Main => "main",
            Self::Quiet => "quiet",
            Self::Small => "small",
        }
    }
}

/// A button that takes a step.
pub fn button(app: App, look: Look, id: &str, content: &str, step: Step) -> View {
    described_button(app, look, id, content, "", step)
}

/// A button whose words alone do not say what it is about; `description` does.
pub fn described_button(app: App, look: Look, id: &str, content: &str, description: &str, step: Step) -> View {
    let attributes = [
        ("type", "button"),
        ("class", look.class()),
        ("aria-pressed", if look == Look::Chosen { "true" } else { "" }),
        ("aria-label", description),
        ("data-testid", id),
    ];
    let button = bare("button", &attributes, vec![text(content)]).on(ev::click, move |_| app.take(step.clone()));
    View::new(button.into_any())
}

/// A form with what happens when it is sent.
pub fn form(children: Vec<View>, send: impl FnMut() + 'static) -> View {
    let mut send = send;
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let form = bare("form", &[("novalidate", "novalidate")], children).on(ev::submit, sent);
    View::new(form.into_any())
}

/// A phone number to tap. Where several are written together, each is one.
pub fn phones(text: &str) -> Vec<View> {
    let numbers = text.split(['、', '，', ',', '/', ';', '；']).map(str::trim).filter(|number| !number.is_empty());
    let link = |number: &str| {
        let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let call = crate::text::result::call(number);
        label("a", &[("class", "phone"), ("href", &format!("tel:{dialled}"))], &call)
    };
    numbers.map(link).collect()
}
