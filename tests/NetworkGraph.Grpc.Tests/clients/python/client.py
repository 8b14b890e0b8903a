"""The cases that the tests of the gRPC handler run with grpcio: client.py ADDRESS DESCRIPTOR_SET CASE.

Exits with 0 when the case went as it should. Cases that the test takes part in print a line and wait for one.
"""
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ADDRESS, DESCRIPTOR_SET, CASE = sys.argv[1:4]
SERVICE = "/grpc.testing.TestService/"
PROBE = "/networkgraph.probe.Probe/"
PATIENCE = 60


class Types:
    """Message classes of a descriptor set, by full name."""

    def __init__(self, files):
        self.pool = descriptor_pool.DescriptorPool()
        pending = {f.name: f for f in files}
        done = set()

        def add(file):
            if file.name in done:
                return
            done.add(file.name)
            for name in file.dependency:
                add(pending[name])
            self.pool.Add(file)

        for file in files:
            add(file)
        self.factory = message_factory.MessageFactory(self.pool)

    def __getitem__(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))


with open(DESCRIPTOR_SET, "rb") as source:
    TYPES = Types(descriptor_pb2.FileDescriptorSet.FromString(source.read()).file)

T = "grpc.testing."
Empty, SimpleRequest, SimpleResponse = TYPES[T + "Empty"], TYPES[T + "SimpleRequest"], TYPES[T + "SimpleResponse"]
InputRequest, InputResponse = TYPES[T + "StreamingInputCallRequest"], TYPES[T + "StreamingInputCallResponse"]
OutputRequest, OutputResponse = TYPES[T + "StreamingOutputCallRequest"], TYPES[T + "StreamingOutputCallResponse"]
ProbeRequest, ProbeReply = TYPES["networkgraph.probe.ProbeRequest"], TYPES["networkgraph.probe.ProbeReply"]


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def code_of(call):
    """The status of a call that has to fail."""
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call succeeded")


def unary(channel, path, request, response):
    return channel.unary_unary(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)


def simple(channel, request, **options):
    return unary(channel, SERVICE + "UnaryCall", SimpleRequest, SimpleResponse)(request, timeout=PATIENCE, **options)


def input_call(channel):
    return channel.stream_unary(SERVICE + "StreamingInputCall", InputRequest.SerializeToString, InputResponse.FromString)


def output_call(channel):
    return channel.unary_stream(SERVICE + "StreamingOutputCall", OutputRequest.SerializeToString, OutputResponse.FromString)


def duplex_call(channel):
    return channel.stream_stream(SERVICE + "FullDuplexCall", OutputRequest.SerializeToString, OutputResponse.FromString)


def probe(channel, method):
    return unary(channel, PROBE + method, ProbeRequest, ProbeReply)


def pour(channel):
    return channel.unary_stream(PROBE + "Pour", ProbeRequest.SerializeToString, ProbeReply.FromString)


def large(**fields):
    request = SimpleRequest(response_size=314159, **fields)
    request.payload.body = bytes(271828)
    return request


def output(*sizes, body=0):
    request = OutputRequest()
    for size in sizes:
        request.response_parameters.add(size=size)
    if body:
        request.payload.body = bytes(body)
    return request


class Requests:
    """A request stream that is fed by hand."""

    def __init__(self):
        import queue
        self.queue = queue.Queue()

    def send(self, request):
        self.queue.put(request)

    def close(self):
        self.queue.put(None)

    def __iter__(self):
        return iter(self.queue.get, None)


def empty_unary(channel):
    equal(unary(channel, SERVICE + "EmptyCall", Empty, Empty)(Empty(), timeout=PATIENCE), Empty())


def large_unary(channel):
    equal(simple(channel, large()).payload.body, bytes(314159))


def client_streaming(channel):
    requests = [InputRequest() for _ in range(4)]
    for request, size in zip(requests, (27182, 8, 1828, 45904)):
        request.payload.body = bytes(size)
    equal(input_call(channel)(iter(requests), timeout=PATIENCE).aggregated_payload_size, 74922)


def server_streaming(channel):
    sizes = [31415, 9, 2653, 58979]
    equal([len(r.payload.body) for r in output_call(channel)(output(*sizes), timeout=PATIENCE)], sizes)


def ping_pong(channel):
    requests = Requests()
    call = duplex_call(channel)(iter(requests), timeout=PATIENCE)
    for size, body in ((31415, 27182), (9, 8), (2653, 1828), (58979, 45904)):
        requests.send(output(size, body=body))
        equal(len(next(call).payload.body), size)
    requests.close()
    equal(list(call), [])
    equal(call.code(), grpc.StatusCode.OK)


def empty_stream(channel):
    call = duplex_call(channel)(iter([]), timeout=PATIENCE)
    equal(list(call), [])
    equal(call.code(), grpc.StatusCode.OK)


def timeout_on_sleeping_server(channel):
    requests = Requests()
    requests.send(output(body=27182))
    error = code_of(lambda: list(duplex_call(channel)(iter(requests), timeout=0.001)))
    equal(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED)
    requests.close()


def cancel_after_begin(channel):
    requests = Requests()
    call = input_call(channel).future(iter(requests), timeout=PATIENCE)
    call.cancel()
    equal(call.code(), grpc.StatusCode.CANCELLED)
    requests.close()


def cancel_after_first_response(channel):
    requests = Requests()
    call = duplex_call(channel)(iter(requests), timeout=PATIENCE)
    requests.send(output(31415, body=27182))
    equal(len(next(call).payload.body), 31415)
    call.cancel()
    equal(code_of(lambda: next(call)).code(), grpc.StatusCode.CANCELLED)
    requests.close()


def status_code_and_message(channel):
    request = SimpleRequest()
    request.response_status.code, request.response_status.message = 2, "test status message"
    error = code_of(lambda: simple(channel, request))
    equal((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, "test status message"))
    request = OutputRequest()
    request.response_status.code, request.response_status.message = 2, "test status message"
    error = code_of(lambda: list(duplex_call(channel)(iter([request]), timeout=PATIENCE)))
    equal((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, "test status message"))


def special_status_message(channel):
    message = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
    request = SimpleRequest()
    request.response_status.code, request.response_status.message = 2, message
    error = code_of(lambda: simple(channel, request))
    equal((error.code(), error.details()), (grpc.StatusCode.UNKNOWN, message))


def unimplemented_method(channel):
    error = code_of(lambda: unary(channel, SERVICE + "UnimplementedCall", Empty, Empty)(Empty(), timeout=PATIENCE))
    equal(error.code(), grpc.StatusCode.UNIMPLEMENTED)


def unimplemented_service(channel):
    path = "/grpc.testing.UnimplementedService/UnimplementedCall"
    error = code_of(lambda: unary(channel, path, Empty, Empty)(Empty(), timeout=PATIENCE))
    equal(error.code(), grpc.StatusCode.UNIMPLEMENTED)


def custom_metadata(channel):
    metadata = (("x-grpc-test-echo-initial", "test_initial_metadata_value"), ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"))

    def check(call):
        equal(dict(call.initial_metadata())["x-grpc-test-echo-initial"], "test_initial_metadata_value")
        equal(dict(call.trailing_metadata())["x-grpc-test-echo-trailing-bin"], b"\xab\xab\xab")

    response, call = unary(channel, SERVICE + "UnaryCall", SimpleRequest, SimpleResponse).with_call(
        large(), timeout=PATIENCE, metadata=metadata)
    equal(len(response.payload.body), 314159)
    check(call)
    call = duplex_call(channel)(iter([output(314159, body=271828)]), timeout=PATIENCE, metadata=metadata)
    equal([len(r.payload.body) for r in call], [314159])
    check(call)


def client_compressed_unary(channel):
    request = large()
    request.expect_compressed.value = True
    equal(code_of(lambda: simple(channel, request, compression=grpc.Compression.NoCompression)).code(),
          grpc.StatusCode.INVALID_ARGUMENT)
    equal(len(simple(channel, request, compression=grpc.Compression.Gzip).payload.body), 314159)
    request.expect_compressed.value = False
    equal(len(simple(channel, request, compression=grpc.Compression.NoCompression).payload.body), 314159)


def server_compressed_unary(channel):
    for compressed in (True, False):
        request = large()
        request.response_compressed.value = compressed
        equal(simple(channel, request).payload.body, bytes(314159))


def client_compressed_streaming(channel):
    first, second = InputRequest(), InputRequest()
    first.expect_compressed.value = second.expect_compressed.value = True
    first.payload.body, second.payload.body = bytes(27182), bytes(45904)
    error = code_of(lambda: input_call(channel)(iter([first]), timeout=PATIENCE))
    equal(error.code(), grpc.StatusCode.INVALID_ARGUMENT)
    # This client has no way to leave a single message of a stream uncompressed.
    response = input_call(channel)(iter([first, second]), timeout=PATIENCE, compression=grpc.Compression.Gzip)
    equal(response.aggregated_payload_size, 73086)


def server_compressed_streaming(channel):
    request = output(31415, 92653)
    request.response_parameters[0].compressed.value = True
    request.response_parameters[1].compressed.value = False
    equal([len(r.payload.body) for r in output_call(channel)(request, timeout=PATIENCE)], [31415, 92653])


def four_megabytes(channel):
    size = 4 * 1024 * 1024 - 64
    request = SimpleRequest(response_size=size)
    request.payload.body = bytes(size)
    equal(len(simple(channel, request).payload.body), size)
    equal(len(simple(channel, request, compression=grpc.Compression.Gzip).payload.body), size)
    request.payload.body = bytes(size + 65)
    equal(code_of(lambda: simple(channel, request)).code(), grpc.StatusCode.RESOURCE_EXHAUSTED)


def concurrent_streams(channel):
    meet = probe(channel, "Meet")
    calls = [meet.future(ProbeRequest(name="python-meet", count=100), timeout=PATIENCE) for _ in range(100)]
    equal(sorted(call.result().number for call in calls), list(range(1, 101)))


def deadline(channel):
    empty_unary(channel)
    error = code_of(lambda: probe(channel, "Wait")(ProbeRequest(name="python-deadline"), timeout=0.2))
    equal(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED)


def cancel_mid_stream(channel):
    call = pour(channel)(ProbeRequest(name="python-cancel", size=1000), timeout=PATIENCE)
    equal([next(call).number for _ in range(3)], [1, 2, 3])
    call.cancel()
    equal(code_of(lambda: list(call)).code(), grpc.StatusCode.CANCELLED)


def slow_reader(channel):
    call = pour(channel)(ProbeRequest(name="python-slow", size=65536), timeout=PATIENCE)
    equal(next(call).number, 1)
    print("paused", flush=True)
    sys.stdin.readline()
    equal([next(call).number for _ in range(300)], list(range(2, 302)))
    call.cancel()


def error_details(channel):
    error = code_of(lambda: probe(channel, "Refuse")(ProbeRequest(), timeout=PATIENCE))
    equal(error.code(), grpc.StatusCode.INVALID_ARGUMENT)
    status = TYPES["google.rpc.Status"].FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    equal((status.code, status.message), (3, error.details()))
    bad_request = TYPES["google.rpc.BadRequest"]()
    equal(status.details[0].Unpack(bad_request), True)
    equal([v.field for v in bad_request.field_violations], ["interactions[0].from", "interactions[3].at"])


def unexpected_exception(channel):
    error = code_of(lambda: probe(channel, "Break")(ProbeRequest(), timeout=PATIENCE))
    equal(error.code(), grpc.StatusCode.UNKNOWN)
    equal("secret" in error.details(), False)


def health(channel):
    request, response = TYPES["grpc.health.v1.HealthCheckRequest"], TYPES["grpc.health.v1.HealthCheckResponse"]
    check = unary(channel, "/grpc.health.v1.Health/Check", request, response)
    equal(check(request(), timeout=PATIENCE).status, 1)
    equal(code_of(lambda: check(request(service="nobody"), timeout=PATIENCE)).code(), grpc.StatusCode.NOT_FOUND)
    watch = channel.unary_stream("/grpc.health.v1.Health/Watch", request.SerializeToString, response.FromString)
    call = watch(request(service="python"), timeout=PATIENCE)
    for expected in (3, 1, 2, 3):
        equal(next(call).status, expected)
        print("seen", flush=True)
        sys.stdin.readline()
    call.cancel()


def reflection(channel):
    for version in ("v1", "v1alpha"):
        package = f"grpc.reflection.{version}."
        request, response = TYPES[package + "ServerReflectionRequest"], TYPES[package + "ServerReflectionResponse"]
        path = f"/{package}ServerReflection/ServerReflectionInfo"
        ask = channel.stream_stream(path, request.SerializeToString, response.FromString)
        answers = list(ask(iter([
            request(list_services="*"),
            request(file_containing_symbol="grpc.testing.TestService"),
            request(file_by_filename="google/rpc/status.proto"),
            request(file_containing_symbol="no.such.Symbol"),
        ]), timeout=PATIENCE))
        names = {s.name for s in answers[0].list_services_response.service}
        equal({"grpc.testing.TestService", "grpc.health.v1.Health", package + "ServerReflection"} <= names, True)
        equal(answers[2].HasField("error_response"), True)
        equal(answers[3].error_response.error_code, grpc.StatusCode.NOT_FOUND.value[0])
        # Call the service with nothing but what the server told of it.
        told = Types([descriptor_pb2.FileDescriptorProto.FromString(f)
                      for f in answers[1].file_descriptor_response.file_descriptor_proto])
        method = told.pool.FindServiceByName("grpc.testing.TestService").methods_by_name["UnaryCall"]
        asked, answered = told[method.input_type.full_name], told[method.output_type.full_name]
        reply = unary(channel, SERVICE + method.name, asked, answered)(asked(response_size=7), timeout=PATIENCE)
        equal(len(reply.payload.body), 7)


with grpc.insecure_channel(ADDRESS) as opened:
    globals()[CASE](opened)
print("done", flush=True)
