/** The bundler loads these as text. */
declare module '*.svg' {
  const source: string;
  export default source;
}
