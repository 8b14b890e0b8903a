using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Measures;

/// <summary>How a hop's probability is made at a date.</summary>
/// <param name="Model">σ(α + β·ln(1 + m)).</param>
/// <param name="HalfLifeDays">The half-life of m, days.</param>
/// <param name="GridMs">The date it was learned up to, Unix ms; null where it was not learned.</param>
public readonly record struct HopFit(HopModel Model, double HalfLifeDays, long? GridMs);

/// <summary>
/// The fold of the models in the log. Which one an answer uses is a function of its date and of the position it is for. One writer;
/// any number of readers without locks.
/// </summary>
public sealed class ModelStore
{
    private const int Kinds = 4;

    // By kind, in order of (grid date, position); replaced as a whole.
    private readonly (ModelTrained Model, long Position)[][] _models = [[], [], [], []];

    public void Apply(ModelTrained trained, long position)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if ((int)trained.Kind >= Kinds) return;
        ref var known = ref _models[(int)trained.Kind];
        var at = known.Length;
        while (at > 0 && (known[at - 1].Model.GridMs, known[at - 1].Position).CompareTo((trained.GridMs, position)) > 0) at--;
        Volatile.Write(ref known, [.. known[..at], (trained, position), .. known[at..]]);
    }

    /// <summary>
    /// The model of a kind for an answer at <paramref name="asOfMs"/> (Unix ms) that knows the log up to a position: the last one
    /// recorded of the last grid date that is not after it; null where the prior stands.
    /// </summary>
    public ModelTrained? At(ModelKind kind, long asOfMs, long upToPosition = long.MaxValue)
    {
        var known = Volatile.Read(ref _models[(int)kind]);
        for (var i = known.Length - 1; i >= 0; i--)
            if (known[i].Model.GridMs <= asOfMs && known[i].Position <= upToPosition) return known[i].Model;
        return null;
    }

    /// <summary>The last record of exactly one grid date (Unix ms), if there is any.</summary>
    public ModelTrained? Of(ModelKind kind, long gridMs) => At(kind, gridMs) is { } model && model.GridMs == gridMs ? model : null;

    /// <summary>The hop's probability at a date: as configured, else as learned, else the prior.</summary>
    public HopFit HopAt(long asOfMs, IntroductionModelOptions options, long upToPosition = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.IsFixed && At(ModelKind.Hop, asOfMs, upToPosition) is { Parameters: [var alpha, var beta, var halfLife] } learned)
            return new HopFit(new HopModel(alpha, beta), halfLife, learned.GridMs);
        return new HopFit(options.Hop, options.HalfLifeDays, null);
    }

    /// <summary>The decay of a network seen at a date: the hops' half-life is that of the model of the date.</summary>
    public TieDecay DecayFor(long asOfMs, MeasureOptions options, long upToPosition = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TieDecay.At(asOfMs, options.HalfLifeDays, HopAt(asOfMs, options.Introductions, upToPosition).HalfLifeDays);
    }

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public ModelStore Copy()
    {
        var copy = new ModelStore();
        for (var kind = 0; kind < Kinds; kind++) copy._models[kind] = Volatile.Read(ref _models[kind]);
        return copy;
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_models.Sum(static known => known.Length));
        foreach (var (model, position) in _models.SelectMany(static known => known))
        {
            writer.Write((byte)model.Kind);
            writer.Write(model.GridMs);
            writer.Write(model.AtMs);
            writer.Write(model.Position);
            writer.Write(model.Interactions);
            writer.Write(model.WindowDays);
            writer.Write(model.Rows);
            writer.Write(model.Parameters.Length);
            foreach (var parameter in model.Parameters) writer.Write(parameter);
            writer.Write(position);
        }
    }

    public static ModelStore Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var store = new ModelStore();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var model = new ModelTrained
            {
                Kind = (ModelKind)reader.ReadByte(),
                GridMs = reader.ReadInt64(),
                AtMs = reader.ReadInt64(),
                Position = reader.ReadInt64(),
                Interactions = reader.ReadInt64(),
                WindowDays = reader.ReadInt32(),
                Rows = reader.ReadInt32(),
                Parameters = new double[reader.ReadInt32()],
            };
            foreach (ref var parameter in model.Parameters.AsSpan()) parameter = reader.ReadDouble();
            store.Apply(model, reader.ReadInt64());
        }
        return store;
    }
}
