// Starts the app. It exists in place of the loader that Trunk would write into the page, because that one needs
// top-level `await` (Chromium 89; WeChat on old Android phones is Chromium 86) and an inline script, which the page's
// content security policy forbids. The names of the two files it loads stand once in the page: in its preload links.
// A classic deferred script: it runs once the page is parsed, and a browser without modules still reads the page's
// own words about that (style/main.css shows them after a while).
(() => {
  const address = (link) => document.head.querySelector(link).href;
  import(address('link[rel="modulepreload"]'))
    .then((app) => app.default({ module_or_path: address('link[as="fetch"]') }))
    .catch((error) => {
      document.getElementById("waiting").className = "failed";
      throw error;
    });
})();
