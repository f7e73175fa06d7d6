/** The page's own script, which says where the parser of Markdown is. */
const page = document.currentScript;
let loading: Promise<void> | undefined;

/**
 * Loads the parser of Markdown. Resolves also where that fails: text then stands as it was sent, and the next to ask has it
 * tried again.
 */
export function loadSyntax(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    // The policy of the page lets no other script run.
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
