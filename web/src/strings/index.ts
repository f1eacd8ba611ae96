import { en } from "./en";

/** The sentences of the page. Another language is an object of this type. */
export type Catalogue = typeof en;

export const text: Catalogue = en;

// a formatter takes long to create, so the first view is painted before
const formats = {
  day: once(
    () =>
      new Intl.DateTimeFormat(text.locale, {
        day: "numeric",
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      }),
  ),
  month: once(
    () => new Intl.DateTimeFormat(text.locale, { month: "short", year: "numeric", timeZone: "UTC" }),
  ),
  number: once(() => new Intl.NumberFormat(text.locale)),
};

export const formatDay = (date: string): string => formats.day().format(new Date(date));
export const formatMonth = (date: string): string => formats.month().format(new Date(date));
export const formatNumber = (value: number): string => formats.number().format(value);
export const formatPercent = (share: number): string => text.percent(Math.round(100 * share));

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
