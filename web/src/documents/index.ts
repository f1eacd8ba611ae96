/** Every document that the page sends. The build writes them to documents.json, and the API's tests run each. */
export * as asking from "./asking";
export * as insights from "./insights";
export * as loading from "./loading";
export * as requesting from "./requesting";
export * as settings from "./settings";
export * as team from "./team";
