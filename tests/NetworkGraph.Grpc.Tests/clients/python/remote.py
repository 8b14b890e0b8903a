"""A grpcio client that does as it is told, a line of JSON at a time: remote.py ADDRESS DESCRIPTOR_SET.

Messages come and go in base64, decoded and encoded by this client. Commands:
  {method, requests: [...], deadlineMs?, metadata?: {name: value}, cancelAfter?: answers, unread?: true}
Answers: {answer} for each response, then {code, message, details} at the end of the call. A stream with `unread` sends
everything before it reads anything.
"""
import base64
import json
import sys
import threading

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ADDRESS, DESCRIPTOR_SET = sys.argv[1:3]
POOL = descriptor_pool.DescriptorPool()
with open(DESCRIPTOR_SET, "rb") as source:
    FILES = {f.name: f for f in descriptor_pb2.FileDescriptorSet.FromString(source.read()).file}
ADDED = set()


def add(file):
    if file.name in ADDED:
        return
    ADDED.add(file.name)
    for name in file.dependency:
        add(FILES[name])
    POOL.Add(file)


for one in FILES.values():
    add(one)
FACTORY = message_factory.MessageFactory(POOL)


def described_streams(service, name):
    """Whether the client streams; older releases of protobuf do not say so of a method itself."""
    for file in FILES.values():
        for known in file.service:
            if f"{file.package}.{known.name}" == service:
                return next(m.client_streaming for m in known.method if m.name == name)
    raise AssertionError(f"there is no {service}")


def say(line):
    print(json.dumps(line), flush=True)


def answered(answer):
    say({"answer": base64.b64encode(answer.SerializeToString()).decode()})


def ended(code, message, metadata):
    details = dict(metadata or ()).get("grpc-status-details-bin", b"")
    say({"code": code.value[0], "message": message or "", "details": base64.b64encode(details).decode()})


def run(channel, method, requests, deadlineMs=60_000, metadata=None, cancelAfter=None, unread=False):
    service, name = method[1:].split("/")
    described = POOL.FindServiceByName(service).methods_by_name[name]
    request, response = FACTORY.GetPrototype(described.input_type), FACTORY.GetPrototype(described.output_type)
    messages = [request.FromString(base64.b64decode(r)) for r in requests]
    types = {"request_serializer": request.SerializeToString, "response_deserializer": response.FromString}
    options = {"timeout": deadlineMs / 1000, "metadata": tuple((metadata or {}).items())}
    if not described_streams(service, name):
        answer, call = None, None
        try:
            answer, call = channel.unary_unary(method, **types).with_call(messages[0], **options)
        except grpc.RpcError as error:
            call = error
        if answer is not None:
            answered(answer)
        ended(call.code(), call.details(), call.trailing_metadata())
        return
    all_sent, keep_open = threading.Event(), threading.Event()

    def send():
        yield from messages
        all_sent.set()
        if cancelAfter is not None:
            keep_open.wait()

    call = channel.stream_stream(method, **types)(send(), **options)
    if unread:
        while not all_sent.wait(0.05) and call.is_active():
            pass
    answers = 0
    try:
        for answer in call:
            answers += 1
            answered(answer)
            if answers == cancelAfter:
                call.cancel()
    except grpc.RpcError:
        pass
    keep_open.set()
    ended(call.code(), call.details(), call.trailing_metadata())


with grpc.insecure_channel(ADDRESS) as opened:
    for line in sys.stdin:
        if line.strip() == "end":
            break
        run(opened, **json.loads(line))
say("done")
