// The cases that the tests of the gRPC handler run with grpc-js: client.mjs ADDRESS DESCRIPTOR_SET CASE.
// Exits with 0 when the case went as it should. Cases that the test takes part in print a line and wait for one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, descriptorSet, testCase] = process.argv.slice(2);
const options = { keepCase: true, defaults: true };
const patienceMs = 60_000;
const { status } = grpc;
const noCompress = 2; // grpc-js takes flags of a write in the place of an encoding.

const types = grpc.loadPackageDefinition(loader.loadFileDescriptorSetFromBuffer(readFileSync(descriptorSet), options));
const opened = [];

function open(Service, channelOptions = {}) {
  const client = new Service(address, grpc.credentials.createInsecure(), channelOptions);
  opened.push(client);
  return client;
}

const testService = types.grpc.testing.TestService;
const probeService = types.networkgraph.probe.Probe;
const gzipOptions = { 'grpc.default_compression_algorithm': 2 };
const inTime = (ms = patienceMs) => ({ deadline: Date.now() + ms });
const zeros = size => Buffer.alloc(size);

// A unary call: its answer, its call, or the error it failed with.
function unary(client, method, request, metadata = new grpc.Metadata(), callOptions = inTime()) {
  const seen = {};
  const answer = new Promise((resolve, reject) => {
    const call = client[method](request, metadata, callOptions, (error, response) => (error ? reject(error) : resolve(response)));
    call.on('metadata', headers => (seen.headers = headers));
    call.on('status', end => (seen.status = end));
  });
  return Object.assign(answer, { seen });
}

async function fails(promise, code) {
  const error = await promise.then(() => assert.fail('the call succeeded'), e => e);
  assert.equal(error.code, code, String(error));
  return error;
}

// A stream of answers: all of them, once it has ended.
async function drain(call, until = Infinity) {
  const answers = [];
  for await (const answer of call) {
    answers.push(answer);
    if (answers.length >= until) break;
  }
  return answers;
}

function streamEnd(call) {
  return new Promise(resolve => {
    call.on('status', resolve);
    call.on('error', () => {});
  });
}

function sendAll(client, messages) {
  return new Promise((resolve, reject) => {
    const call = client.StreamingInputCall(inTime(), (error, response) => (error ? reject(error) : resolve(response)));
    call.on('error', () => {});
    for (const [message, flags] of messages) call.write(message, flags);
    call.end();
  });
}

const lines = createInterface({ input: process.stdin });
const told = lines[Symbol.asyncIterator]();
async function tell(line) {
  console.log(line);
  await told.next();
}

const large = fields => ({ response_size: 314159, payload: { body: zeros(271828) }, ...fields });
const output = (sizes, body) => ({ response_parameters: sizes.map(size => ({ size })), payload: { body: zeros(body) } });
const sizesOf = answers => answers.map(a => a.payload.body.length);

const cases = {
  async empty_unary() {
    assert.deepEqual(await unary(open(testService), 'EmptyCall', {}), {});
  },

  async large_unary() {
    assert.deepEqual((await unary(open(testService), 'UnaryCall', large())).payload.body, zeros(314159));
  },

  async client_streaming() {
    const messages = [27182, 8, 1828, 45904].map(size => [{ payload: { body: zeros(size) } }]);
    assert.equal((await sendAll(open(testService), messages)).aggregated_payload_size, 74922);
  },

  async server_streaming() {
    const sizes = [31415, 9, 2653, 58979];
    assert.deepEqual(sizesOf(await drain(open(testService).StreamingOutputCall(output(sizes, 0), inTime()))), sizes);
  },

  async ping_pong() {
    const call = open(testService).FullDuplexCall(inTime());
    const end = streamEnd(call);
    const answers = call[Symbol.asyncIterator]();
    for (const [size, body] of [[31415, 27182], [9, 8], [2653, 1828], [58979, 45904]]) {
      call.write(output([size], body));
      assert.equal((await answers.next()).value.payload.body.length, size);
    }
    call.end();
    assert.equal((await answers.next()).done, true);
    assert.equal((await end).code, status.OK);
  },

  async empty_stream() {
    const call = open(testService).FullDuplexCall(inTime());
    const end = streamEnd(call);
    call.end();
    assert.deepEqual(await drain(call), []);
    assert.equal((await end).code, status.OK);
  },

  async timeout_on_sleeping_server() {
    const call = open(testService).FullDuplexCall(inTime(1));
    const end = streamEnd(call);
    call.write(output([], 27182));
    assert.equal((await end).code, status.DEADLINE_EXCEEDED);
  },

  async cancel_after_begin() {
    const call = open(testService).StreamingInputCall(inTime(), () => {});
    const end = streamEnd(call);
    call.cancel();
    assert.equal((await end).code, status.CANCELLED);
  },

  async cancel_after_first_response() {
    const call = open(testService).FullDuplexCall(inTime());
    const end = streamEnd(call);
    call.write(output([31415], 27182));
    const [answer] = await once(call, 'data');
    assert.equal(answer.payload.body.length, 31415);
    call.cancel();
    assert.equal((await end).code, status.CANCELLED);
  },

  async status_code_and_message() {
    const response_status = { code: 2, message: 'test status message' };
    const client = open(testService);
    const error = await fails(unary(client, 'UnaryCall', { response_status }), status.UNKNOWN);
    assert.equal(error.details, 'test status message');
    const call = client.FullDuplexCall(inTime());
    const end = streamEnd(call);
    call.write({ response_status });
    call.end();
    call.resume();
    const { code, details } = await end;
    assert.deepEqual({ code, message: details }, response_status);
  },

  async special_status_message() {
    const message = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n';
    const error = await fails(unary(open(testService), 'UnaryCall', { response_status: { code: 2, message } }), status.UNKNOWN);
    assert.equal(error.details, message);
  },

  async unimplemented_method() {
    await fails(byPath('/grpc.testing.TestService/UnimplementedCall'), status.UNIMPLEMENTED);
  },

  async unimplemented_service() {
    await fails(byPath('/grpc.testing.UnimplementedService/UnimplementedCall'), status.UNIMPLEMENTED);
  },

  async custom_metadata() {
    const metadata = new grpc.Metadata();
    const bytes = Buffer.from([0xab, 0xab, 0xab]);
    metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    metadata.set('x-grpc-test-echo-trailing-bin', bytes);
    const check = (headers, end) => {
      assert.deepEqual(headers.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepEqual(end.metadata.get('x-grpc-test-echo-trailing-bin'), [bytes]);
    };
    const client = open(testService);
    const call = unary(client, 'UnaryCall', large(), metadata);
    assert.equal((await call).payload.body.length, 314159);
    await new Promise(setImmediate);
    check(call.seen.headers, call.seen.status);

    const stream = client.FullDuplexCall(metadata, inTime());
    const end = streamEnd(stream);
    const headers = once(stream, 'metadata');
    stream.write(output([314159], 271828));
    stream.end();
    assert.deepEqual(sizesOf(await drain(stream)), [314159]);
    check((await headers)[0], await end);
  },

  async client_compressed_unary() {
    const plain = open(testService);
    const packed = open(testService, gzipOptions);
    await fails(unary(plain, 'UnaryCall', large({ expect_compressed: { value: true } })), status.INVALID_ARGUMENT);
    const answers = [
      await unary(packed, 'UnaryCall', large({ expect_compressed: { value: true } })),
      await unary(plain, 'UnaryCall', large({ expect_compressed: { value: false } })),
    ];
    assert.deepEqual(sizesOf(answers), [314159, 314159]);
  },

  async server_compressed_unary() {
    for (const value of [true, false]) {
      const answer = await unary(open(testService), 'UnaryCall', large({ response_compressed: { value } }));
      assert.deepEqual(answer.payload.body, zeros(314159));
    }
  },

  async client_compressed_streaming() {
    const first = { expect_compressed: { value: true }, payload: { body: zeros(27182) } };
    const second = { expect_compressed: { value: false }, payload: { body: zeros(45904) } };
    await fails(sendAll(open(testService), [[first]]), status.INVALID_ARGUMENT);
    const answer = await sendAll(open(testService, gzipOptions), [[first], [second, noCompress]]);
    assert.equal(answer.aggregated_payload_size, 73086);
  },

  async server_compressed_streaming() {
    const response_parameters = [{ size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } }];
    const answers = await drain(open(testService).StreamingOutputCall({ response_parameters }, inTime()));
    assert.deepEqual(sizesOf(answers), [31415, 92653]);
  },

  async four_megabytes() {
    const size = 4 * 1024 * 1024 - 64;
    for (const channelOptions of [{}, gzipOptions]) {
      const client = open(testService, channelOptions);
      const answer = await unary(client, 'UnaryCall', { response_size: size, payload: { body: zeros(size) } });
      assert.equal(answer.payload.body.length, size);
      await fails(unary(client, 'UnaryCall', { payload: { body: zeros(size + 65) } }), status.RESOURCE_EXHAUSTED);
    }
  },

  async concurrent_streams() {
    const client = open(probeService);
    const calls = Array.from({ length: 100 }, () => unary(client, 'Meet', { name: 'node-meet', count: 100 }));
    const numbers = (await Promise.all(calls)).map(a => a.number).sort((a, b) => a - b);
    assert.deepEqual(numbers, Array.from({ length: 100 }, (_, i) => i + 1));
  },

  async deadline() {
    await unary(open(testService), 'EmptyCall', {});
    await fails(unary(open(probeService), 'Wait', { name: 'node-deadline' }, new grpc.Metadata(), inTime(200)), status.DEADLINE_EXCEEDED);
  },

  async cancel_mid_stream() {
    const call = open(probeService).Pour({ name: 'node-cancel', size: 1000 }, inTime());
    const end = streamEnd(call);
    const numbers = [];
    for (let i = 0; i < 3; i++) numbers.push((await once(call, 'data'))[0].number);
    assert.deepEqual(numbers, [1, 2, 3]);
    call.cancel();
    assert.equal((await end).code, status.CANCELLED);
  },

  async slow_reader() {
    const call = open(probeService).Pour({ name: 'node-slow', size: 65536 }, inTime());
    call.on('error', () => {});
    const answers = call[Symbol.asyncIterator]();
    assert.equal((await answers.next()).value.number, 1);
    await tell('paused');
    for (let i = 2; i < 302; i++) assert.equal((await answers.next()).value.number, i);
    call.cancel();
  },

  async error_details() {
    const error = await fails(unary(open(probeService), 'Refuse', {}), status.INVALID_ARGUMENT);
    const rich = types.google.rpc.Status.deserialize(error.metadata.get('grpc-status-details-bin')[0]);
    assert.deepEqual([rich.code, rich.message], [3, error.details]);
    const [detail] = rich.details;
    assert.equal(detail.type_url, 'type.googleapis.com/google.rpc.BadRequest');
    const { field_violations } = types.google.rpc.BadRequest.deserialize(detail.value);
    assert.deepEqual(field_violations.map(v => v.field), ['interactions[0].from', 'interactions[3].at']);
  },

  async unexpected_exception() {
    const error = await fails(unary(open(probeService), 'Break', {}), status.UNKNOWN);
    assert.ok(!error.details.includes('secret'));
  },

  async health() {
    const client = open(types.grpc.health.v1.Health);
    assert.equal((await unary(client, 'Check', {})).status, 1);
    await fails(unary(client, 'Check', { service: 'nobody' }), status.NOT_FOUND);
    const call = client.Watch({ service: 'node' }, inTime());
    call.on('error', () => {});
    const answers = call[Symbol.asyncIterator]();
    for (const expected of [3, 1, 2, 3]) {
      assert.equal((await answers.next()).value.status, expected);
      await tell('seen');
    }
    call.cancel();
  },

  async reflection() {
    for (const version of ['v1', 'v1alpha']) {
      const call = open(types.grpc.reflection[version].ServerReflection).ServerReflectionInfo(inTime());
      const requests = [
        { list_services: '*' },
        { file_containing_symbol: 'grpc.testing.TestService' },
        { file_containing_symbol: 'no.such.Symbol' },
      ];
      for (const request of requests) call.write(request);
      call.end();
      const [list, file, error] = await drain(call);
      const names = list.list_services_response.service.map(s => s.name);
      for (const name of ['grpc.testing.TestService', 'grpc.health.v1.Health', `grpc.reflection.${version}.ServerReflection`])
        assert.ok(names.includes(name), name);
      assert.equal(error.error_response.error_code, status.NOT_FOUND);
      // Call the service with nothing but what the server told of it.
      const files = setOf(file.file_descriptor_response.file_descriptor_proto);
      const toldOf = grpc.loadPackageDefinition(loader.loadFileDescriptorSetFromBuffer(files, options));
      const answer = await unary(open(toldOf.grpc.testing.TestService), 'UnaryCall', { response_size: 7 });
      assert.equal(answer.payload.body.length, 7);
    }
  },
};

// A FileDescriptorSet of serialized files: field 1, length, bytes, of each.
function setOf(files) {
  return Buffer.concat(files.flatMap(file => {
    const prefix = [0x0a];
    let length = file.length;
    for (; length > 0x7f; length >>>= 7) prefix.push((length & 0x7f) | 0x80);
    return [Buffer.from([...prefix, length]), file];
  }));
}

function byPath(path) {
  const same = bytes => bytes;
  const client = open(testService);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, zeros(0), inTime(), (error, response) => (error ? reject(error) : resolve(response)));
  });
}

try {
  await cases[testCase]();
  console.log('done');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  lines.close();
  for (const client of opened) client.close();
}
