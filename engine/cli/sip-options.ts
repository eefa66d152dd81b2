import { type Command, InvalidArgumentError } from "commander";
import { isHalfNamed, type NamedTlsFiles } from "../sip/named-tls-files.ts";
import { EXIT } from "./exit-code.ts";

/** What the command line says about how calls are placed over SIP. */
export interface SipOptions {
  /** As written, `NAME=HOST:PORT`, once for each time it was given. */
  readonly map: readonly string[];
  readonly hold: string;
  readonly ringSeconds: number;
  /** Address to send from; `null` = chosen by where the trunks are. */
  readonly local: string | null;
  /** Ours in From and Contact to gateways; `null` = Microsoft's in From, our address in Contact. */
  readonly teamsFqdn: string | null;
  readonly tls: NamedTlsFiles;
  /** What trunks that ask for a password are answered with; `null` = nothing. */
  readonly login: { readonly user: string; readonly password: string } | null;
  /** File for one CDR a line; `null` = none is written. */
  readonly cdr: string | null;
  readonly pcap: string | null;
}

/** Holds the password of `--digest-user`: a command line can be read by everybody on the machine. */
const PASSWORD_VARIABLE = "OUTDIAL_DIGEST_PASSWORD";

const DEFAULT_HOLD = "2";
const DEFAULT_RING_SECONDS = 180;
const MAX_RING_SECONDS = 3600;

/** Reads a positive number of an option; `most` is the largest that makes sense. */
export function readPositive(most: number, isWhole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isNumber = isWhole ? /^\d{1,9}$/.test(text) : /^\d{1,9}(\.\d{1,6})?$/.test(text);
    if (isNumber && value > 0 && value <= most) return value;
    const kind = isWhole ? "whole number" : "number";
    throw new InvalidArgumentError(`It is a ${kind} above 0, at most ${most}.`);
  };
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i;

function readHostName(text: string): string {
  if (HOST_NAME.test(text)) return text;
  throw new InvalidArgumentError("It is a host name, such as sip.pstnhub.microsoft.com.");
}

/** Declares the options that `call` and `simulate` share. */
export function addSipOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    value,
  ];
  return command
    .option(
      "--map <name=host:port>",
      "send the calls of a trunk or gateway there; ;transport=udp|tcp|tls behind it; repeatable",
      collect,
    )
    .option(
      "--hold <seconds>",
      "hang up so long after the answer: 2, or 5-60, or exponential:180 for a mean",
      DEFAULT_HOLD,
    )
    .option(
      "--ring-timeout <seconds>",
      "give up a call that rings so long",
      readPositive(MAX_RING_SECONDS, false),
      DEFAULT_RING_SECONDS,
    )
    .option("--local <host>", "address to send from (default: loopback where the trunks are there)")
    .option(
      "--teams-fqdn <name>",
      "our name in From and Contact to gateways, which they must resolve (default: Microsoft's in From)",
      readHostName,
    )
    .option("--tls-cert <file>", "our certificate, PEM (default: one of a lab authority)")
    .option("--tls-key <file>", "its key, PEM")
    .option("--tls-ca <file>", "authorities that trunks' certificates must come from, PEM")
    .option("--tls-folder <folder>", "folder of a lab authority's certificates, made if missing")
    .option(
      "--digest-user <name>",
      `name for trunks that ask for a password, which is taken from ${PASSWORD_VARIABLE}`,
    )
    .option("--cdr <file>", "write a call detail record a line, NDJSON; - for stdout")
    .option("--pcap <file>", "write the messages for Wireshark");
}

/** Reads the options declared by {@link addSipOptions}. */
export function readSipOptions(command: Command): SipOptions {
  const given: Readonly<Record<string, unknown>> = command.opts();
  const text = (key: string): string | null => {
    const value = given[key];
    return typeof value === "string" ? value : null;
  };
  const map = given["map"];
  return {
    map: Array.isArray(map) ? map.map(String) : [],
    hold: text("hold") ?? DEFAULT_HOLD,
    ringSeconds: Number(given["ringTimeout"] ?? DEFAULT_RING_SECONDS),
    local: text("local"),
    teamsFqdn: text("teamsFqdn"),
    tls: {
      certificate: text("tlsCert"),
      key: text("tlsKey"),
      authority: text("tlsCa"),
      folder: text("tlsFolder"),
    },
    login: readLogin(command, text("digestUser")),
    cdr: text("cdr"),
    pcap: text("pcap"),
  };
}

/** Ends the command when a user is named and no password is there. */
function readLogin(command: Command, user: string | null): SipOptions["login"] {
  if (user === null) return null;
  const password = process.env[PASSWORD_VARIABLE] ?? "";
  if (user !== "" && password !== "") return { user, password };
  const what =
    user === ""
      ? "--digest-user needs a name"
      : `--digest-user needs a password in the environment variable ${PASSWORD_VARIABLE}`;
  return command.error(`error: ${what}`, { exitCode: EXIT.usage });
}

/** Ends the command when only one of a certificate and its key is named. */
export function demandWholeCertificate(command: Command, files: NamedTlsFiles): void {
  if (!isHalfNamed(files)) return;
  command.error("error: --tls-cert and --tls-key belong together", { exitCode: EXIT.usage });
}
