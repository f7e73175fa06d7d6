/** The page's own script, which has the URL of the Markdown parser. */
const page = document.currentScript;
let loading: Promise<void> | undefined;

/** Loads the Markdown parser. Resolves after a failure too: text is then shown as sent, and the next call retries. */
export function loadParser(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    // The page's security policy requires it.
    script.nonce = page?.nonce ?? '';
    script.src = page?.dataset['markdown'] ?? '';
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loading = undefined;
      script.remove();
      resolve();
    });
    document.head.append(script);
  });
  return loading;
}
