using System.Linq.Expressions;
using System.Reflection;
using NetworkGraph.Cluster.People;

namespace NetworkGraph.Cluster.Packing;

/// <summary>Packs the product's own records, member after member, by code that is made of what they consist of.</summary>
internal static class PackedRecord
{
    public static bool Is(Type type) => AnswersAsTheyAre.IsAnswer(type) && !type.IsArray && type is { IsEnum: false, IsAbstract: false };

    public static Action<PackWriter, T> Writer<T>()
    {
        var writer = Expression.Parameter(typeof(PackWriter));
        var value = Expression.Parameter(typeof(T));
        var members = Expression.Block(typeof(void), PackedShape.MembersOf(typeof(T)).Select(member =>
            Expression.Call(PackingOf(member, nameof(Packing<>.Write)), writer, Expression.Property(value, member))));
        var whole = typeof(T).IsValueType ? (Expression)members : Expression.IfThenElse(
            Expression.ReferenceEqual(value, Expression.Constant(null)),
            Told(false),
            Expression.Block(Told(true), members));
        return Expression.Lambda<Action<PackWriter, T>>(whole, writer, value).Compile();

        Expression Told(bool there) => Expression.Call(writer, nameof(PackWriter.Boolean), null, Expression.Constant(there));
    }

    public static Func<PackReader, T> Reader<T>()
    {
        var reader = Expression.Parameter(typeof(PackReader));
        var constructor = PackedShape.ConstructorOf(typeof(T));
        var members = PackedShape.MembersOf(typeof(T));
        var told = constructor?.GetParameters().Length ?? 0;
        var made = constructor is null ? Expression.New(typeof(T)) : Expression.New(constructor, members[..told].Select(Read));
        var whole = (Expression)Expression.MemberInit(made, members[told..].Select(member => Expression.Bind(member, Read(member))));
        if (!typeof(T).IsValueType)
            whole = Expression.Condition(Expression.Call(reader, nameof(PackReader.Boolean), null), whole, Expression.Constant(null, typeof(T)));
        return Expression.Lambda<Func<PackReader, T>>(whole, reader).Compile();

        Expression Read(PropertyInfo member) => Expression.Call(PackingOf(member, nameof(Packing<>.Read)), reader);
    }

    private static MethodInfo PackingOf(PropertyInfo member, string method) => typeof(Packing<>).MakeGenericType(member.PropertyType).GetMethod(method)!;
}
