// On the page for an address that leads nowhere: finds the folder with all pages. The page is made for the depth at which
// notices are; where it stands for another one, its links and what it loads are put right before the app starts.
//
// Only the host knows where the bundle lies, so it is asked for a file that no other folder has, by name. Each question
// stops the page, as what comes after needs the answer: a few of them, on a page that is hardly ever seen.
(() => {
  const FOLDERS = 8;
  const { dataset } = document.documentElement;
  const { root } = dataset;
  const module = document.head.querySelector("[type*=wasm]").getAttribute("href").slice(root.length);
  const leadsTo = (folder) => {
    const ask = new XMLHttpRequest();
    try {
      ask.open("HEAD", folder + module, false);
      ask.send();
      // Some hosts answer everything with a page.
      return ask.status === 200 && !/html/.test(ask.getResponseHeader("content-type"));
    } catch {
      return false;
    }
  };
  if (leadsTo(root)) return;
  const parts = location.pathname.split("/").slice(0, FOLDERS);
  while (parts.length > 1) {
    parts.pop();
    const folder = `${location.origin}${parts.join("/")}/`;
    if (!leadsTo(folder)) continue;
    for (const element of document.querySelectorAll(`[href^="${root}"]`)) {
      element.setAttribute("href", folder + element.getAttribute("href").slice(root.length));
    }
    dataset.root = folder;
    return;
  }
})();
