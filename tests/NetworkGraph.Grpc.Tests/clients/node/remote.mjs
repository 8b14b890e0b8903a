// A grpc-js client that does as it is told, a line of JSON at a time: remote.mjs ADDRESS DESCRIPTOR_SET. Messages come and
// go in base64, decoded and encoded by this client. A line is {calls: [call, ...], meet?: true}; its calls are made at once,
// on one connection. With `meet` each of them, after its first answer, goes on only when all have had theirs. A call:
//   {method, requests: [...], deadlineMs?, metadata?: {name: value}, gzip?: true, cancelAfter?: answers,
//    pauseAfter?: answers, unread?: true}
// Answers: {call, answer} for each response, then {call, code, message, details} at its end; `call` is its place in the
// line. A stream with `unread` sends everything before it reads anything; one with `pauseAfter` says {call, paused} after so
// many answers, and reads on when it is sent a line.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, descriptorSet] = process.argv.slice(2);
const definitions = loader.loadFileDescriptorSetFromBuffer(readFileSync(descriptorSet), { longs: String, oneofs: true });
const insecure = grpc.credentials.createInsecure();
const plain = new grpc.Client(address, insecure);
const packing = new grpc.Client(address, insecure, { 'grpc.default_compression_algorithm': 2 });
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = line => console.log(JSON.stringify(line));

/** A place where so many calls wait for each other. */
function meetingOf(count) {
  let arrived = 0;
  let open;
  const all = new Promise(resolve => { open = resolve; });
  return () => {
    if (++arrived === count) open();
    return all;
  };
}

async function run(number, meeting, { method, requests, deadlineMs = 60_000, metadata = {}, gzip, cancelAfter, pauseAfter, unread }) {
  const [service, name] = method.slice(1).split('/');
  const definition = definitions[service][name];
  const client = gzip ? packing : plain;
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  const options = { deadline: Date.now() + deadlineMs };
  const messages = requests.map(r => definition.requestDeserialize(Buffer.from(r, 'base64')));
  const types = [method, definition.requestSerialize, definition.responseDeserialize];
  const answered = answer => say({ call: number, answer: definition.responseSerialize(answer).toString('base64') });
  const ended = status => {
    const details = status.metadata?.get('grpc-status-details-bin')[0];
    say({ call: number, code: status.code, message: status.details, details: details ? details.toString('base64') : '' });
  };
  if (!definition.requestStream && !definition.responseStream) {
    return new Promise(resolve => {
      client.makeUnaryRequest(...types, messages[0], sent, options, (error, answer) => {
        if (!error) answered(answer);
        ended(error ?? { code: 0, details: '' });
        resolve();
      });
    });
  }
  const call = definition.requestStream
    ? client.makeBidiStreamRequest(...types, sent, options)
    : client.makeServerStreamRequest(...types, messages[0], sent, options);
  const end = new Promise(resolve => call.on('status', resolve));
  // What was received before a status is still handed over after it.
  const handedOver = new Promise(resolve => call.on('end', resolve));
  call.on('error', () => {});
  let goOn;
  const met = meeting ? new Promise(resolve => { goOn = resolve; }) : Promise.resolve();
  let answers = 0;
  const read = () => call.on('data', async answer => {
    answers++;
    answered(answer);
    const [meets, cancels, pauses] = [meeting && answers === 1, answers === cancelAfter, answers === pauseAfter];
    if (meets) {
      await meeting();
      goOn();
    }
    if (cancels) call.cancel();
    if (!pauses) return;
    call.pause();
    say({ call: number, paused: true });
    await lines.next();
    call.resume();
  });
  if (!unread) read();
  if (definition.requestStream) {
    for (const [place, message] of messages.entries()) {
      if (place === 1) await Promise.race([met, end]);
      if (!call.write(message)) await Promise.race([once(call, 'drain'), end]);
    }
    if (cancelAfter === undefined) call.end();
  }
  if (unread) read();
  await handedOver;
  ended(await end);
}

for (let line = await lines.next(); !line.done && line.value !== 'end'; line = await lines.next()) {
  const { calls, meet } = JSON.parse(line.value);
  const meeting = meet ? meetingOf(calls.length) : undefined;
  await Promise.all(calls.map((call, number) => run(number, meeting, call)));
}
plain.close();
packing.close();
say('done');
process.exit(0);
