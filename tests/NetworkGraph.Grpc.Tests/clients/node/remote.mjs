// A grpc-js client that does as it is told, a line of JSON at a time: remote.mjs ADDRESS DESCRIPTOR_SET. Messages come and
// go in base64, decoded and encoded by this client. Commands:
//   {method, requests: [...], deadlineMs?, metadata?: {name: value}, cancelAfter?: answers, unread?: true}
// Answers: {answer} for each response, then {code, message, details} at the end of the call. A stream with `unread` sends
// everything before it reads anything.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, descriptorSet] = process.argv.slice(2);
const definitions = loader.loadFileDescriptorSetFromBuffer(readFileSync(descriptorSet), { longs: String, oneofs: true });
const client = new grpc.Client(address, grpc.credentials.createInsecure());
const say = line => console.log(JSON.stringify(line));

function endOf(status) {
  const details = status.metadata?.get('grpc-status-details-bin')[0];
  return { code: status.code, message: status.details, details: details ? details.toString('base64') : '' };
}

async function run({ method, requests, deadlineMs = 60_000, metadata = {}, cancelAfter, unread }) {
  const [service, name] = method.slice(1).split('/');
  const definition = definitions[service][name];
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  const options = { deadline: Date.now() + deadlineMs };
  const messages = requests.map(r => definition.requestDeserialize(Buffer.from(r, 'base64')));
  const encoded = answer => definition.responseSerialize(answer).toString('base64');
  if (!definition.requestStream) {
    return new Promise(resolve => {
      client.makeUnaryRequest(method, definition.requestSerialize, definition.responseDeserialize, messages[0], sent, options, (error, answer) => {
        if (!error) say({ answer: encoded(answer) });
        say(endOf(error ?? { code: 0, details: '' }));
        resolve();
      });
    });
  }
  const call = client.makeBidiStreamRequest(method, definition.requestSerialize, definition.responseDeserialize, sent, options);
  const ended = new Promise(resolve => call.on('status', resolve));
  call.on('error', () => {});
  let answers = 0;
  const read = () => call.on('data', answer => {
    answers++;
    say({ answer: encoded(answer) });
    if (answers === cancelAfter) call.cancel();
  });
  if (!unread) read();
  for (const message of messages) if (!call.write(message)) await Promise.race([once(call, 'drain'), ended]);
  if (cancelAfter === undefined) call.end();
  if (unread) read();
  say(endOf(await ended));
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  await run(JSON.parse(line));
}
client.close();
say('done');
process.exit(0);
