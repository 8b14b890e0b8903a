using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Cluster.Packing;

/// <summary>
/// What a type consists of, in the order in which it is packed: by what its constructor must be told, then by what can be
/// set, by name. Two versions of the product pack alike where the texts are the same.
/// </summary>
internal static class PackedShape
{
    /// <summary>64 bits of the SHA-256 of the shape's text; never 0.</summary>
    public static long Fingerprint(Type type)
    {
        var text = new StringBuilder();
        Describe(type, text, []);
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) | 1;
    }

    /// <summary>The constructor; null for a struct that is made of what can be set.</summary>
    public static ConstructorInfo? ConstructorOf(Type type) =>
        type.IsValueType ? null : type.GetConstructor(Type.EmptyTypes) ?? type.GetConstructors().MaxBy(static made => made.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor, so it cannot be packed.");

    /// <summary>What is packed of a type.</summary>
    public static PropertyInfo[] MembersOf(Type type)
    {
        var all = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.GetIndexParameters().Length == 0);
        var told = (ConstructorOf(type)?.GetParameters() ?? []).Select(parameter => type.GetProperty(parameter.Name!)
            ?? throw new NotSupportedException($"{type} does not tell its {parameter.Name}, so it cannot be packed.")).ToArray();
        return [.. told, .. all.Where(property => property.SetMethod is { IsPublic: true } && !told.Contains(property)).OrderBy(static property => property.Name, StringComparer.Ordinal)];
    }

    private static void Describe(Type type, StringBuilder text, HashSet<Type> told)
    {
        text.Append(type.IsGenericType ? type.GetGenericTypeDefinition().FullName : type.FullName);
        if (!told.Add(type)) return;
        foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
        {
            text.Append('<');
            Describe(part, text, told);
            text.Append('>');
        }
        if (!PackedRecord.Is(type)) return;
        text.Append('{');
        foreach (var member in MembersOf(type))
        {
            text.Append(member.Name).Append(':');
            Describe(member.PropertyType, text, told);
            text.Append(';');
        }
        text.Append('}');
    }
}
