using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Grpc.Tests;

/// <summary>Messages and details of statuses, in the form and size that trailers have room for.</summary>
public sealed class StatusTests
{
    [Fact]
    public void A_message_text_survives_percent_encoding_and_is_printable_ASCII() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
        {
            // Lone surrogates have no UTF-8 form.
            var message = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            var encoded = PercentEncoding.Encode(message);
            return encoded.All(c => c is >= ' ' and <= '~') && encoded.Trim() == encoded && Uri.UnescapeDataString(encoded) == message;
        }));

    [Fact]
    public void As_many_field_violations_are_named_as_trailers_have_room_for()
    {
        var violations = Enumerable.Range(0, 1000).Select(i => ($"interactions[{i}].from", "is missing"));
        var status = RichStatus.InvalidArgument(new string('☺', 10_000), violations);

        var details = Convert.ToBase64String(status.ToByteArray());
        (PercentEncoding.Encode(status.Message).Length + details.Length).ShouldBeLessThan(8 * 1024 - 500);
        status.Details.Single().Unpack<BadRequest>().FieldViolations.Count.ShouldBeInRange(20, 200);
    }

    [Fact]
    public void Details_beyond_their_limit_are_left_out_and_the_message_stays()
    {
        var status = RichStatus.Of(
            StatusCode.NotFound, "There is no such person.", new ErrorInfo { Reason = new string('x', RichStatus.DetailsMaxBytes) });
        status.Details.ShouldBeEmpty();
        status.Message.ShouldBe("There is no such person.");
        status.Code.ShouldBe((int)StatusCode.NotFound);
    }
}
