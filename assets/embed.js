// The line that a portal puts into its page: inserts a titled frame with the app after the script and keeps it as high
// as what it shows. Nothing of the app is in here, so this file hardly ever changes and keeps its name; what portals
// may set is described in docs/EMBEDDING.md. In the JavaScript of 2009, because it runs in pages of others: a browser
// too old for the app must not stumble over this file and take the portal's page with it.
//
// The page in the frame (assets/frame.js) tells its height and its moves. A message counts only if it comes from this
// very frame and from the app's own host; all it can do is set the height, within limits, and scroll to the frame.
(function () {
  var script = document.currentScript;
  if (!script || !script.src || !window.URL) return;
  var LEAST = 200;
  var MOST = 12000;
  // A frame a little higher than its content: changes up to this are not worth moving the portal's page for.
  var SLACK = 4;

  function option(name, form, otherwise) {
    var value = script.getAttribute("data-" + name);
    if (value === null) return otherwise;
    if (form.test(value)) return value;
    if (window.console) console.error("canbao: data-" + name + "=\"" + value + "\" is not understood");
    return otherwise;
  }

  function within(height) {
    return Math.max(LEAST, Math.min(MOST, Math.ceil(height)));
  }

  function fit(content) {
    if (Math.abs(within(content) + SLACK - height) < SLACK) return;
    height = within(content) + SLACK;
    frame.style.height = height + "px";
  }

  var base = new URL(".", script.src);
  var county = option("county", /^\w{6}$/, "");
  var year = option("year", /^\d{4}$/, "");
  var theme = option("theme", /^#[\da-f]{6}$/i, "");
  var sandboxed = option("sandbox", /^$/, null) !== null;

  var frame = document.createElement("iframe");
  frame.title = script.getAttribute("data-title") || "居民医保：交多少、哪天前交、去哪里交";
  frame.allow = "clipboard-write; web-share";
  if (sandboxed) frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups allow-modals allow-downloads");
  frame.style.cssText = "display:block;width:100%;border:0";
  var height = within(+option("height", /^\d{1,5}$/, 640));
  frame.style.height = height + "px";
  frame.src = base.href + (county && county + "/") + (county && year && year + "/") + theme;

  window.addEventListener("message", function (event) {
    var message = event.data;
    if (!event.source || event.source !== frame.contentWindow) return;
    if (event.origin !== (sandboxed ? "null" : base.origin)) return;
    if (!message || message.canbao !== 1) return;
    if (message.type === "height" && typeof message.height === "number" && isFinite(message.height)) fit(message.height);
    // Only where the new page would begin above the window: whoever sees its beginning is left alone.
    if (message.type === "move" && frame.getBoundingClientRect().top < 0) {
      frame.scrollIntoView(true);
    }
  });

  script.parentNode.insertBefore(frame, script.nextSibling);
})();
