//! End-to-end tests: the production bundle, in real browsers, served as a real host would.
//!
//! Three browsers are driven over WebDriver: Chromium, Firefox, and WebKitGTK, which is the engine family of every
//! browser on iOS. The fourth is Chromium 86, the oldest that the page has to work in, driven by a small Node script
//! because no driver of that age is packaged any more. A test says what a person does in terms of [`pages`]; starting,
//! waiting and cleaning up is done here.

pub mod app;
pub mod chromium86;
pub mod driver;
pub mod pages;
pub mod portal;
pub mod tour;

/// Defines one test that runs in each of the three browsers with WebDriver.
///
/// ```
/// canbao_e2e::in_each_browser!(the_page_has_a_heading, async |app| {
///     app.open("").await?;
///     app.find("heading").await?;
///     Ok(())
/// });
/// ```
#[macro_export]
macro_rules! in_each_browser {
    ($name:ident, $test:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            $crate::in_each_browser!(@one chromium, Chromium, $test);
            $crate::in_each_browser!(@one firefox, Firefox, $test);
            $crate::in_each_browser!(@one webkit, WebKit, $test);
        }
    };
    (@one $name:ident, $engine:ident, $test:expr) => {
        #[test]
        fn $name() {
            use $crate::{app, driver};
            let result = app::run(driver::Engine::$engine, driver::Screen::Phone, $test);
            if let Err(error) = result {
                panic!("{error:?}");
            }
        }
    };
}
