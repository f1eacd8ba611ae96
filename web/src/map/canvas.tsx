import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { useEffect, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import { theme } from "../app/theme";
import type { NetworkMap } from "../documents/insights";
import { text } from "../strings";
import type { Cluster } from "./clusters";

interface Props {
  drawn: NetworkMap;
  clusters: Cluster[];
  onChoose: (personId: string | null) => void;
}

const VIEWER = "viewer";
const SIZE = { WEAK: 5, FAIR: 6.5, GOOD: 8, STRONG: 10 };
const ROUNDS = 250;

/** The map, drawn with WebGL. Everything on it is also in the lists of the screen. */
export default function MapCanvas({ drawn, clusters, onChoose }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const shownTheme = theme.value;

  useEffect(() => {
    if (!place.current) return;
    const colour = colours(place.current);
    const graph = layOut(drawn, clusters, colour);
    try {
      sigma.current = new Sigma(graph, place.current, {
        labelColor: { color: colour("--ink") },
        labelSize: 13,
        labelFont: "system-ui, sans-serif",
        labelRenderedSizeThreshold: 7,
        defaultEdgeColor: colour("--line"),
        allowInvalidContainer: true,
        defaultDrawNodeLabel: (context, data) => drawLabel(context, data, colour),
        defaultDrawNodeHover: (context, data) => drawHover(context, data, colour),
      });
    } catch {
      setFailed(true);
      return;
    }
    sigma.current.on("clickNode", ({ node }) => onChoose(node === VIEWER ? null : node));
    sigma.current.on("clickStage", () => onChoose(null));
    return () => {
      sigma.current?.kill();
      sigma.current = null;
    };
  }, [drawn, clusters, onChoose, shownTheme]);

  if (hasFailed) return <p class="notice">{text.map.noCanvas}</p>;
  const camera = () => sigma.current?.getCamera();
  return (
    <figure class="map stack-tight">
      <div ref={place} class="map-canvas" role="img" aria-label={text.map.canvas} />
      <figcaption class="row between">
        <span class="small soft">{text.map.hint}</span>
        <span class="row">
          <button type="button" class="button small" onClick={() => void camera()?.animatedZoom()}>
            {text.map.zoomIn}
          </button>
          <button type="button" class="button small" onClick={() => void camera()?.animatedUnzoom()}>
            {text.map.zoomOut}
          </button>
          <button type="button" class="button small" onClick={() => void camera()?.animatedReset()}>
            {text.map.reset}
          </button>
        </span>
      </figcaption>
    </figure>
  );
}

type Colour = (variable: string) => string;

function layOut(drawn: NetworkMap, clusters: Cluster[], colour: Colour): Graph {
  const graph = new Graph({ type: "undirected" });
  const clusterOf = new Map(
    clusters.flatMap(({ members }, index) => members.map((id) => [id, index % 6] as const)),
  );
  graph.addNode(VIEWER, {
    x: 0,
    y: 0,
    size: 13,
    label: text.you,
    color: colour("--ink"),
  });
  drawn.people.forEach(({ person, strengthLabel }, index) => {
    const angle = (2 * Math.PI * index) / drawn.people.length;
    const radius = strengthLabel ? 1 : 2;
    const cluster = clusterOf.get(person.id);
    graph.addNode(person.id, {
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: strengthLabel ? SIZE[strengthLabel] : 7,
      label: person.name,
      color: cluster === undefined ? colour("--line-strong") : colour(`--cluster-${cluster + 1}`),
    });
    if (strengthLabel) graph.addEdge(VIEWER, person.id, { size: SIZE[strengthLabel] / 8, weight: 1 });
  });
  for (const { firstPersonId, secondPersonId, strengthLabel } of drawn.ties) {
    graph.addEdge(firstPersonId, secondPersonId, {
      size: SIZE[strengthLabel] / 5,
      weight: SIZE[strengthLabel] / 4,
      color: colour("--line-strong"),
    });
  }
  const settings = { ...forceAtlas2.inferSettings(graph), gravity: 1.5, scalingRatio: 12, adjustSizes: true };
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings });
  return graph;
}

/** Reads variables of the design as colours that WebGL understands. */
function colours(place: HTMLElement): Colour {
  const read = new Map<string, string>();
  return (variable) => {
    const known = read.get(variable);
    if (known) return known;
    const probe = document.createElement("i");
    probe.style.color = `var(${variable})`;
    place.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    read.set(variable, color);
    return color;
  };
}

/** Draws the name of a person beside them: on the left where the right edge of the map would cut it. */
function drawLabel(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label?: string | null },
  colour: Colour,
): void {
  const label = data.label ?? "";
  context.font = "13px system-ui, sans-serif";
  const start = labelStart(context, data, context.measureText(label).width);
  // a name stays readable over ties and other people
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = colour("--surface");
  context.strokeText(label, start, data.y + 4.5);
  context.fillStyle = colour("--ink");
  context.fillText(label, start, data.y + 4.5);
}

function labelStart(
  context: CanvasRenderingContext2D,
  { x, size }: { x: number; size: number },
  width: number,
): number {
  const mapWidth = context.canvas.clientWidth;
  const right = x + size + 4;
  return right + width <= mapWidth ? right : Math.max(2, x - size - 4 - width);
}

function drawHover(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label?: string | null },
  colour: Colour,
): void {
  const label = data.label ?? "";
  context.font = "600 13px system-ui, sans-serif";
  const width = context.measureText(label).width;
  const start = labelStart(context, data, width + 14);
  context.fillStyle = colour("--surface");
  context.strokeStyle = colour("--line-strong");
  context.beginPath();
  context.roundRect(start, data.y - 12, width + 14, 24, 6);
  context.fill();
  context.stroke();
  context.fillStyle = colour("--ink");
  context.fillText(label, start + 7, data.y + 4.5);
}
