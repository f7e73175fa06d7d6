/** uPlot formats numbers in the browser's language when it is imported, but Chromium without a locale has "en-US@posix". */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
