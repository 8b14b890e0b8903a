using System.Reflection;

namespace NetworkGraph.Cluster.Packing;

/// <summary>
/// Values of one type as bytes: numbers, dates, text, lists and dictionaries of these, and the product's own records. Both
/// sides must know the same <see cref="Fingerprint"/>.
/// </summary>
/// <exception cref="TypeInitializationException">The type holds something else.</exception>
internal static class Packing<T>
{
    private static readonly (Action<PackWriter, T> Write, Func<PackReader, T> Read) s_form = PackingForms.Of<T>();

    public static long Fingerprint { get; } = PackedShape.Fingerprint(typeof(T));

    public static void Write(PackWriter writer, T value) => s_form.Write(writer, value);

    public static T Read(PackReader reader) => s_form.Read(reader);
}

/// <summary>How each kind of type is packed.</summary>
internal static class PackingForms
{
    public static (Action<PackWriter, T>, Func<PackReader, T>) Of<T>()
    {
        var type = typeof(T);
        var form = Simple(type);
        if (form is null && Nullable.GetUnderlyingType(type) is { } inner) form = Made(nameof(OfNullable), inner);
        if (form is null && type.IsArray) form = Made(nameof(OfArray), type.GetElementType()!);
        if (form is null && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) form = Made(nameof(OfList), type.GetGenericArguments());
        if (form is null && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) form = Made(nameof(OfDictionary), type.GetGenericArguments());
        if (form is not null) return ((Action<PackWriter, T>, Func<PackReader, T>))form;
        return PackedRecord.Is(type) ? (PackedRecord.Writer<T>(), PackedRecord.Reader<T>()) : throw new NotSupportedException($"There is no way to pack a {type}.");
    }

    private static object? Simple(Type type)
    {
        if (type == typeof(string)) return Form<string?>(static (writer, value) => writer.Text(value), static reader => reader.Text());
        if (type == typeof(bool)) return Form<bool>(static (writer, value) => writer.Boolean(value), static reader => reader.Boolean());
        if (type == typeof(int)) return Form<int>(static (writer, value) => writer.Integer(value), static reader => checked((int)reader.Integer()));
        if (type == typeof(long)) return Form<long>(static (writer, value) => writer.Integer(value), static reader => reader.Integer());
        if (type == typeof(double)) return Form<double>(static (writer, value) => writer.Double(value), static reader => reader.Double());
        if (type == typeof(DateTimeOffset)) return Form<DateTimeOffset>(static (writer, value) => writer.Date(value), static reader => reader.Date());
        return null;
    }

    private static object Made(string method, params Type[] types) =>
        typeof(PackingForms).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(types).Invoke(null, null)!;

    private static object OfNullable<T>() where T : struct => Form<T?>(
        static (writer, value) =>
        {
            writer.Boolean(value.HasValue);
            if (value is { } known) Packing<T>.Write(writer, known);
        },
        static reader => reader.Boolean() ? Packing<T>.Read(reader) : null);

    private static object OfArray<T>() => Form<T[]?>(WriteList, ReadArray<T>);

    private static object OfList<T>() => Form<IReadOnlyList<T>?>(WriteList, ReadArray<T>);

    private static object OfDictionary<TKey, TValue>() where TKey : notnull => Form<IReadOnlyDictionary<TKey, TValue>?>(
        static (writer, entries) =>
        {
            writer.Count(entries?.Count);
            if (entries is null) return;
            foreach (var (key, value) in entries)
            {
                Packing<TKey>.Write(writer, key);
                Packing<TValue>.Write(writer, value);
            }
        },
        static reader =>
        {
            if (reader.Count() is not { } count) return null;
            // Entries come out in the order in which they went in.
            var entries = new Dictionary<TKey, TValue>(count);
            for (var i = 0; i < count; i++)
            {
                var key = Packing<TKey>.Read(reader);
                entries.Add(key, Packing<TValue>.Read(reader));
            }
            return entries;
        });

    private static void WriteList<T>(PackWriter writer, IReadOnlyList<T>? items)
    {
        writer.Count(items?.Count);
        for (var i = 0; i < items?.Count; i++) Packing<T>.Write(writer, items[i]);
    }

    private static T[]? ReadArray<T>(PackReader reader)
    {
        if (reader.Count() is not { } count) return null;
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = Packing<T>.Read(reader);
        return items;
    }

    private static object Form<T>(Action<PackWriter, T> write, Func<PackReader, T> read) => (write, read);
}
