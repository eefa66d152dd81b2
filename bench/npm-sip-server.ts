/**
 * A trunk as npm `sip` 0.0.6 would have it, for `trunk-sim.bench.ts`: 180 and 200 at once, 200 to BYE.
 *
 * Usage: node dist/bench/npm-sip-server.js PORT
 */
import { createRequire } from "node:module";

/** What is used of the package; it has no types. */
interface NpmSip {
  start(
    options: { port: number; address: string; tcp: boolean },
    onRequest: (request: NpmSipRequest) => void,
  ): void;
  send(message: NpmSipResponse): void;
  makeResponse(request: NpmSipRequest, status: number, reason: string): NpmSipResponse;
}

interface NpmSipRequest {
  readonly method: string;
}

interface NpmSipResponse {
  readonly headers: { to: { params: Record<string, string> }; [name: string]: unknown };
  content?: string;
}

const sip = createRequire(import.meta.url)("sip") as NpmSip;
const port = Number(process.argv[2]);
const sdp = [
  "v=0",
  "o=- 1 1 IN IP4 127.0.0.1",
  "s=-",
  "c=IN IP4 127.0.0.1",
  "t=0 0",
  "m=audio 9 RTP/AVP 0",
  "a=rtpmap:0 PCMU/8000",
  "",
].join("\r\n");
let calls = 0;

sip.start({ port, address: "127.0.0.1", tcp: false }, (request) => {
  if (request.method === "ACK") return;
  if (request.method !== "INVITE") {
    sip.send(sip.makeResponse(request, 200, "OK"));
    return;
  }
  const tag = String(++calls);
  const ringing = sip.makeResponse(request, 180, "Ringing");
  ringing.headers.to.params["tag"] = tag;
  sip.send(ringing);
  const answer = sip.makeResponse(request, 200, "OK");
  answer.headers.to.params["tag"] = tag;
  answer.headers["contact"] = [{ uri: `sip:127.0.0.1:${port}` }];
  answer.headers["content-type"] = "application/sdp";
  answer.content = sdp;
  sip.send(answer);
});
