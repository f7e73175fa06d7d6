/** uPlot asks for numbers in the browser's language as it is imported; a Chromium without a locale calls its own "en-US@posix". */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
