using System.Buffers;
using NetworkGraph.Cluster.Packing;
using Orleans;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace NetworkGraph.Cluster.People;

/// <summary>Answers between nodes, as the bytes that <see cref="Answered{T}"/> makes of them.</summary>
[RegisterSerializer]
internal sealed class AnsweredCodec<T> : IFieldCodec<Answered<T>>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Answered<T> value) where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Answered<T>), WireType.LengthPrefixed);
        using var bytes = new PackWriter();
        value.WriteTo(bytes);
        writer.WriteVarUInt32((uint)bytes.Written.Length);
        writer.Write(bytes.Written);
    }

    public Answered<T> ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        return Answered<T>.From(reader.ReadBytes(reader.ReadVarUInt32()));
    }
}

/// <summary>Within a silo there is nothing to copy: answers never change once made.</summary>
[RegisterCopier]
internal sealed class AnsweredCopier<T> : ShallowCopier<Answered<T>>;
