/**
 * A trunk as npm `sip` 0.0.6 would have it, for `trunk-sim.bench.ts`: 180 and 200 at once, 200 to BYE.
 *
 * Usage: node dist/bench/npm-sip-server.js PORT
 */
import * as sip from "sip";

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

const stack = sip.create({ port, address: "127.0.0.1", tcp: false }, (request) => {
  if (request.method === "ACK") return;
  if (request.method !== "INVITE") {
    stack.send(sip.makeResponse(request, 200, "OK"));
    return;
  }
  const tag = String(++calls);
  const ringing = sip.makeResponse(request, 180, "Ringing");
  ringing.headers.to.params["tag"] = tag;
  stack.send(ringing);
  const answer = sip.makeResponse(request, 200, "OK");
  answer.headers.to.params["tag"] = tag;
  answer.headers["contact"] = [{ uri: `sip:127.0.0.1:${port}` }];
  answer.headers["content-type"] = "application/sdp";
  answer.content = sdp;
  stack.send(answer);
});
