import type { Route } from "../documents/fragments";
import { text } from "../strings";
import { linksOf } from "./links";

const STOP = 190;
const HEIGHT = 220;

/** Draws a route as SVG: people in a row, and the strength between them. Without names it shows roles only. */
export function drawRoute(route: Route, isNamed: boolean): string {
  const links = linksOf(route);
  const names = [
    text.you,
    ...route.introducers.map((person, index) =>
      isNamed ? person.name : text.ask.picture.introducer(index + 1),
    ),
    isNamed ? route.target.name : text.ask.picture.target,
  ];
  const width = STOP * names.length;
  const x = (index: number) => STOP / 2 + index * STOP;
  const lines = links.map((link, index) => {
    const label = link.label ? text.strength[link.label] : text.ask.tie.noTie;
    const [from, to] = [x(index) + 30, x(index + 1) - 30];
    return (
      `<line x1="${from}" x2="${to}" y1="90" y2="90" stroke="#0c6b5d" stroke-width="4" stroke-linecap="round"/>` +
      `<text x="${(from + to) / 2}" y="76" font-size="15" fill="#0c6b5d" text-anchor="middle">${escapeText(label)}</text>`
    );
  });
  const stops = names.map((name, index) => {
    const fill = index === 0 ? "#1b1d1a" : index === names.length - 1 ? "#b57300" : "#0c6b5d";
    return (
      `<circle cx="${x(index)}" cy="90" r="22" fill="${fill}"/>` +
      `<text x="${x(index)}" y="142" font-size="17" font-weight="600" fill="#1b1d1a" text-anchor="middle">${escapeText(name)}</text>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" font-family="system-ui, sans-serif">` +
    `<rect width="${width}" height="${HEIGHT}" fill="#f7f6f3"/>${lines.join("")}${stops.join("")}` +
    `<text x="${width - 16}" y="${HEIGHT - 14}" font-size="13" fill="#565b53" text-anchor="end">${text.name}</text></svg>`
  );
}

function escapeText(words: string): string {
  return words.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
