/**
 * A strict reader of OpenMetrics text 1.0, written from the specification's rules alone: names, escapes,
 * order, suffixes, units, buckets, no family or series twice, `# EOF` at the end and nothing after it.
 */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]Inf|NaN)$/;
/** Suffixes that samples of a type carry. */
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total", "_created"],
  gauge: [""],
  histogram: ["_bucket", "_sum", "_count", "_created"],
  summary: ["", "_sum", "_count", "_created"],
  info: ["_info"],
  unknown: [""],
};

interface OpenFamily {
  readonly name: string;
  type: string;
  help: string;
  readonly samples: MetricSample[];
}

export function readOpenMetrics(text: string): readonly MetricFamily[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("no line feed at the end");
  if (lines.pop() !== "# EOF") throw new Error("no # EOF at the end");
  const families: OpenFamily[] = [];
  for (const line of lines) readLine(line, families);
  for (const family of families) checkFamily(family, families);
  return families;
}

function readLine(line: string, families: OpenFamily[]): void {
  if (!line.startsWith("#")) {
    const family = families.at(-1);
    if (family === undefined) throw new Error(`a sample before any family: ${line}`);
    family.samples.push(readSample(line));
    return;
  }
  const found = /^# (TYPE|HELP|UNIT) (\S+) (.*)$/.exec(line);
  if (found === null) throw new Error(`neither TYPE, HELP nor UNIT: ${line}`);
  const [, keyword = "", name = "", rest = ""] = found;
  if (!NAME.test(name)) throw new Error(`a bad name: ${line}`);
  const family = familyOf(name, families);
  if (family.samples.length > 0) throw new Error(`metadata after samples: ${line}`);
  if (keyword === "TYPE") family.type = once(family.type, rest, line);
  if (keyword === "HELP") family.help = once(family.help, rest, line);
  if (keyword === "UNIT" && !name.endsWith(`_${rest}`))
    throw new Error(`unit not in name: ${line}`);
}

function familyOf(name: string, families: OpenFamily[]): OpenFamily {
  const last = families.at(-1);
  if (last?.name === name) return last;
  if (families.some((family) => family.name === name)) throw new Error(`${name} comes twice`);
  const family = { name, type: "", help: "", samples: [] };
  families.push(family);
  return family;
}

function once(before: string, now: string, line: string): string {
  if (before !== "") throw new Error(`said twice: ${line}`);
  if (now === "") throw new Error(`says nothing: ${line}`);
  return now;
}

function readSample(line: string): MetricSample {
  const found = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (found === null) throw new Error(`no sample: ${line}`);
  const [, name = "", labels = "", value = ""] = found;
  if (!NAME.test(name)) throw new Error(`a bad name: ${line}`);
  if (!NUMBER.test(value)) throw new Error(`a bad value: ${line}`);
  return {
    name,
    labels: readLabels(labels, line),
    value: Number(value.replace("Inf", "Infinity")),
  };
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const found = /^([^=]+)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/.exec(rest);
    if (found === null) throw new Error(`bad labels: ${line}`);
    const [all, name = "", value = ""] = found;
    if (!LABEL_NAME.test(name)) throw new Error(`a bad label name: ${line}`);
    if (labels[name] !== undefined) throw new Error(`a label twice: ${line}`);
    labels[name] = value.replace(/\\([\\"n])/g, (_, escaped) => (escaped === "n" ? "\n" : escaped));
    rest = rest.slice(all.length);
  }
  return labels;
}

function checkFamily(family: OpenFamily, families: readonly OpenFamily[]): void {
  const suffixes = SUFFIXES[family.type];
  if (suffixes === undefined) throw new Error(`${family.name} is of no type`);
  if (family.help === "") throw new Error(`${family.name} has no help`);
  if (family.type === "counter" && family.name.endsWith("_total")) {
    throw new Error(`${family.name} is a counter's sample, not its family`);
  }
  const clash = families.find(
    (other) => other !== family && suffixes.some((suffix) => other.name === family.name + suffix),
  );
  if (clash !== undefined) throw new Error(`${clash.name} clashes with ${family.name}`);
  checkSeries(family, suffixes);
  if (family.type === "histogram") checkHistogram(family);
}

function checkSeries(family: OpenFamily, suffixes: readonly string[]): void {
  const series = new Set<string>();
  for (const sample of family.samples) {
    if (!suffixes.some((suffix) => sample.name === family.name + suffix)) {
      throw new Error(`${sample.name} is not of ${family.name}`);
    }
    const key = keyOf(sample.name, sample.labels);
    if (series.has(key)) throw new Error(`${key} comes twice`);
    series.add(key);
    if (family.type !== "gauge" && !(sample.value >= 0)) throw new Error(`${key} below zero`);
  }
}

function checkHistogram({ name, samples }: OpenFamily): void {
  const byLabels = new Map<string, MetricSample[]>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    if ((le !== undefined) !== (sample.name === `${name}_bucket`)) throw new Error(`le in ${name}`);
    const key = keyOf(name, labels);
    byLabels.set(key, [...(byLabels.get(key) ?? []), sample]);
  }
  for (const [key, group] of byLabels) checkBuckets(key, name, group);
}

function checkBuckets(key: string, name: string, group: readonly MetricSample[]): void {
  const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels }) => labels["le"] ?? "");
  if (bounds.at(-1) !== "+Inf") throw new Error(`${key} has no bucket +Inf`);
  const badBound = bounds.slice(0, -1).find((bound) => !/^\d+\.\d+$/.test(bound));
  if (badBound !== undefined) throw new Error(`${key} has a bucket ${badBound}`);
  const limits = bounds.map((bound) => Number(bound.replace("+Inf", "Infinity")));
  buckets.forEach(({ value }, at) => {
    const before = buckets[at - 1]?.value ?? 0;
    const isHigher = (limits[at - 1] ?? Number.NEGATIVE_INFINITY) < (limits[at] ?? 0);
    if (!isHigher || value < before) throw new Error(`${key} is not cumulative`);
  });
  const count = group.find((sample) => sample.name === `${name}_count`);
  if (count?.value !== buckets.at(-1)?.value) throw new Error(`${key}: count is not +Inf's`);
  if (!group.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${key} has no sum`);
}

function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${name}${JSON.stringify(sorted)}`;
}
