import { en } from "./en";

/** The sentences of the page. Another language is an object of this type. */
export type Catalogue = typeof en;

export const text: Catalogue = en;

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const number = new Intl.NumberFormat("en-GB");

export const formatDay = (date: string): string => day.format(new Date(date));
export const formatMonth = (date: string): string => month.format(new Date(date));
export const formatNumber = (value: number): string => number.format(value);
export const formatPercent = (share: number): string => `${Math.round(100 * share)} %`;
