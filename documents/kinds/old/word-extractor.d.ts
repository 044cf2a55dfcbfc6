// The package ships no types; these are what is used of it.
declare module 'word-extractor' {
  interface Options {
    readonly filterUnicode: boolean;
  }
  interface Extracted {
    getBody(options: Options): string;
    getFootnotes(options: Options): string;
    getEndnotes(options: Options): string;
    getAnnotations(options: Options): string;
    getTextboxes(options: Options): string;
  }
  export default class WordExtractor {
    extract(source: Buffer): Promise<Extracted>;
  }
}
