"""A grpcio client that does as it is told, a line of JSON at a time: remote.py ADDRESS DESCRIPTOR_SET.

Messages come and go in base64, decoded and encoded by this client. A line is {calls: [call, ...], meet?: true}; its calls are
made at once, on one connection. With `meet` each of them, after its first answer, goes on only when all have had theirs. A
call:
  {method, requests: [...], deadlineMs?, metadata?: {name: value}, gzip?: true, cancelAfter?: answers, pauseAfter?: answers,
   unread?: true}
Answers: {call, answer} for each response, then {call, code, message, details} at its end; `call` is its place in the line.
A stream with `unread` sends everything before it reads anything; one with `pauseAfter` says {call, paused} after so many
answers, and reads on when it is sent a line.
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
SAYING = threading.Lock()


def described(service, name):
    """The method as its file describes it; older releases of protobuf do not say of a method itself whether it streams."""
    for file in FILES.values():
        for known in file.service:
            if f"{file.package}.{known.name}" == service:
                return next(m for m in known.method if m.name == name)
    raise AssertionError(f"there is no {service}")


def say(line):
    with SAYING:
        print(json.dumps(line), flush=True)


class Call:
    def __init__(self, number, meeting, method, requests, deadlineMs=60_000, metadata=None, gzip=False,
                 cancelAfter=None, pauseAfter=None, unread=False):
        self.number, self.meeting, self.method = number, meeting, method
        service, name = method[1:].split("/")
        self.described = described(service, name)
        types = POOL.FindServiceByName(service).methods_by_name[name]
        request, response = FACTORY.GetPrototype(types.input_type), FACTORY.GetPrototype(types.output_type)
        self.messages = [request.FromString(base64.b64decode(r)) for r in requests]
        self.types = {"request_serializer": request.SerializeToString, "response_deserializer": response.FromString}
        self.options = {"timeout": deadlineMs / 1000, "metadata": tuple((metadata or {}).items())}
        if gzip:
            self.options["compression"] = grpc.Compression.Gzip
        self.cancel_after, self.pause_after, self.unread = cancelAfter, pauseAfter, unread
        self.all_sent, self.is_over, self.has_met = threading.Event(), threading.Event(), threading.Event()

    def run(self, channel):
        if not self.described.client_streaming and not self.described.server_streaming:
            self.ask(channel)
            return
        if self.described.client_streaming:
            call = channel.stream_stream(self.method, **self.types)(self.send(), **self.options)
        else:
            call = channel.unary_stream(self.method, **self.types)(self.messages[0], **self.options)
        if self.unread:
            while not self.all_sent.wait(0.05) and call.is_active():
                pass
        self.read(call)
        self.is_over.set()
        self.has_met.set()
        self.ended(call)

    def ask(self, channel):
        try:
            answer, call = channel.unary_unary(self.method, **self.types).with_call(self.messages[0], **self.options)
            self.answered(answer)
        except grpc.RpcError as error:
            call = error
        self.ended(call)

    def send(self):
        for place, message in enumerate(self.messages):
            if place == 1 and self.meeting is not None:
                self.has_met.wait()
            yield message
        self.all_sent.set()
        if self.cancel_after is not None:
            self.is_over.wait()

    def read(self, call):
        answers = 0
        try:
            for answer in call:
                answers += 1
                self.answered(answer)
                if answers == 1 and self.meeting is not None:
                    self.meeting.wait()
                    self.has_met.set()
                if answers == self.cancel_after:
                    call.cancel()
                if answers == self.pause_after:
                    say({"call": self.number, "paused": True})
                    sys.stdin.readline()
        except grpc.RpcError:
            pass

    def answered(self, answer):
        say({"call": self.number, "answer": base64.b64encode(answer.SerializeToString()).decode()})

    def ended(self, call):
        details = dict(call.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
        say({"call": self.number, "code": call.code().value[0], "message": call.details() or "",
             "details": base64.b64encode(details).decode()})


with grpc.insecure_channel(ADDRESS) as opened:
    while True:
        line = sys.stdin.readline()
        if not line or line.strip() == "end":
            break
        told = json.loads(line)
        meeting = threading.Barrier(len(told["calls"])) if told.get("meet") else None
        threads = [threading.Thread(target=Call(number, meeting, **call).run, args=(opened,))
                   for number, call in enumerate(told["calls"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
say("done")
