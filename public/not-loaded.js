// Classic and by itself: where one module of the page does not come, none of its code runs, and the page would stay empty.
// Deferred scripts run in their order: this one before it is known whether the modules have come.
(() => {
  const words = {
    en: {
      title: 'Parley could not be loaded',
      advice:
        'A part of it did not come. Check your connection; it is tried again when that is back.',
      again: 'Try again',
    },
    vi: {
      title: 'Không tải được Parley',
      advice:
        'Một phần của trang không tải được. Hãy kiểm tra kết nối; trang sẽ thử lại khi có mạng.',
      again: 'Thử lại',
    },
  };
  /** A page that fails again so soon, in ms, is not loaded anew by itself: it would never stop. */
  const patienceMs = 30_000;
  const pauseMs = 1000;

  function language() {
    try {
      const chosen = localStorage.getItem('parley.language');
      if (chosen !== null) return chosen;
    } catch {
      // Storage may be switched off; the browser's language is used.
    }
    return navigator.language;
  }

  function mayLoadAnew() {
    try {
      const key = 'parley.loaded-anew';
      const lastAtMs = Number(sessionStorage.getItem(key));
      sessionStorage.setItem(key, String(Date.now()));
      return Math.abs(Date.now() - lastAtMs) > patienceMs;
    } catch {
      return false;
    }
  }

  function show({ target }) {
    const root = document.getElementById('root');
    // What is fetched ahead is asked for once more when it is needed.
    if (!root || root.childElementCount > 0 || target instanceof HTMLLinkElement) return;
    const { title, advice, again } = language().startsWith('vi') ? words.vi : words.en;
    const notice = document.createElement('main');
    notice.setAttribute('role', 'alert');
    // The style sheet may be what did not come.
    Object.assign(notice.style, { font: '1rem/1.5 system-ui, sans-serif', padding: '2rem' });
    const heading = document.createElement('h1');
    heading.textContent = title;
    const paragraph = document.createElement('p');
    paragraph.textContent = advice;
    const loadAnew = () => {
      // The page may have come after all, and a talk with it.
      if (notice.isConnected) location.reload();
    };
    const button = document.createElement('button');
    button.textContent = again;
    button.addEventListener('click', loadAnew);
    notice.append(heading, paragraph, button);
    root.append(notice);
    addEventListener('online', loadAnew);
    if (mayLoadAnew()) setTimeout(loadAnew, pauseMs);
  }

  // A script that does not come tells only itself, hence the capture; one that awaits a module rejects.
  addEventListener('error', show, true);
  addEventListener('unhandledrejection', show);
})();
