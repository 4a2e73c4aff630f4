// Runs before the first paint: the theme the reader chose, the width chosen for the lab, and the
// word that scripts run. A classic script of its own, because nothing may stand inline.
/* global document, localStorage */
(function () {
  var root = document.documentElement;
  root.dataset.scripts = '';
  try {
    var theme = localStorage.getItem('podlab:theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var share = Number(localStorage.getItem('podlab:lab-share'));
    if (share > 0 && share < 1) root.style.setProperty('--lab-chosen', share * 100 + 'vw');
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
