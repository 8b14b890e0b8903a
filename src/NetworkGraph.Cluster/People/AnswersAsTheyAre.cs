using NetworkGraph.People;
using Orleans.Serialization.Cloning;

namespace NetworkGraph.Cluster.People;

/// <summary>Answers never change once made, so within a silo they are handed on as they are.</summary>
internal sealed class AnswersAsTheyAre : IGeneralizedCopier
{
    /// <summary>Types of the product: what people are asked and answer.</summary>
    public static bool IsAnswer(Type type) => type.Assembly == typeof(IPeopleHost).Assembly;

    public bool IsSupportedType(Type type) => IsAnswer(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}
