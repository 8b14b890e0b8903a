using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Server.Api.Parameters;
using Type = System.Type;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// Answer records as gRPC messages. A property goes to the field of the same JSON name, and every property needs one, so
/// that no number can be forgotten; null is a field not set (in a list: an empty text); times are cut to the millisecond as in
/// JSON; words become
/// enums where the field is one. Compiled once for each pair of types, at its first use.
/// </summary>
/// <exception cref="TypeInitializationException">The message lacks a field, or has one of another type.</exception>
internal static class AnswerMessage<TAnswer, TMessage>
    where TMessage : IMessage, new()
{
    public static readonly Func<TAnswer, TMessage> Of = AnswerMapping.Compile<TAnswer, TMessage>();
}

/// <summary>Builds the functions of <see cref="AnswerMessage{TAnswer,TMessage}"/>.</summary>
internal static class AnswerMapping
{
    /// <summary>The message of an answer whose type is known at run time only.</summary>
    public static TMessage Of<TMessage>(object answer)
        where TMessage : IMessage, new() => Untyped<TMessage>.ByAnswer.GetOrAdd(answer.GetType(), static type =>
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, TMessage>>(Nested(Expression.Convert(value, type), typeof(TMessage)), value).Compile();
    })(answer);

    /// <summary>What of an answer has no place in a message, in words; empty where all of it has one.</summary>
    public static IEnumerable<string> Errors(Type answer, MessageDescriptor message) => Errors(answer, message, []);

    private static List<string> Errors(Type answer, MessageDescriptor message, HashSet<(Type, string)> seen)
    {
        var errors = new List<string>();
        if (!seen.Add((answer, message.FullName))) return errors;
        var fields = message.Fields.InDeclarationOrder().ToDictionary(f => f.JsonName, StringComparer.Ordinal);
        foreach (var property in WrittenProperties(answer))
        {
            if (!fields.TryGetValue(NameOf(property), out var field))
            {
                errors.Add($"{message.FullName} has no field for {property.Name} of {answer.Name}.");
                continue;
            }
            var value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (field.IsRepeated) value = Elements(value);
            if (field.IsMap) (value, field) = (value.GetGenericArguments()[1], field.MessageType.FindFieldByName("value"));
            if (field.FieldType != FieldType.Message) continue;
            if (value == typeof(DateTimeOffset) != (field.MessageType.ClrType == typeof(Timestamp)))
                errors.Add($"{field.FullName} is not a {value.Name} of {answer.Name}.");
            else if (value != typeof(DateTimeOffset)) errors.AddRange(Errors(value, field.MessageType, seen));
        }
        return errors;
    }

    private static IEnumerable<PropertyInfo> WrittenProperties(Type answer) =>
        answer.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsWritten);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    public static Func<TAnswer, TMessage> Compile<TAnswer, TMessage>()
        where TMessage : IMessage, new()
    {
        var fields = new TMessage().Descriptor.Fields.InDeclarationOrder().ToDictionary(f => f.JsonName, StringComparer.Ordinal);
        var answer = Expression.Parameter(typeof(TAnswer));
        var message = Expression.Variable(typeof(TMessage));
        var steps = new List<Expression> { Expression.Assign(message, Expression.New(typeof(TMessage))) };
        foreach (var property in WrittenProperties(typeof(TAnswer)))
        {
            var field = fields.GetValueOrDefault(NameOf(property))
                ?? throw new InvalidOperationException($"{typeof(TMessage)} has no field for {property.Name} of {typeof(TAnswer)}.");
            steps.Add(Assignment(Expression.Property(message, field.PropertyName), field, Expression.Property(answer, property)));
        }
        steps.Add(message);
        return Expression.Lambda<Func<TAnswer, TMessage>>(Expression.Block([message], steps), answer).Compile();
    }

    private static bool IsWritten(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
            && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always };

    private static Expression Assignment(Expression target, FieldDescriptor field, Expression value)
    {
        if (field.IsMap)
        {
            var to = target.Type.GetGenericArguments()[1];
            var from = Elements(value.Type).GetGenericArguments()[1];
            return Call(nameof(PutAll), [from, to], target, value, Converter(from, to, field.MessageType.FindFieldByName("value")));
        }
        if (field.IsRepeated)
        {
            var to = target.Type.GetGenericArguments()[0];
            var from = Elements(value.Type);
            return Call(nameof(AddAll), [from, to], target, value, Converter(from, to, field));
        }
        var type = Nullable.GetUnderlyingType(value.Type);
        var plain = type is null ? value : Expression.Convert(value, type);
        var assignment = Expression.Assign(target, Converted(plain, target.Type, field));
        var mayBeNull = type is not null || !value.Type.IsValueType;
        return mayBeNull ? Expression.IfThen(Expression.NotEqual(value, Expression.Constant(null, value.Type)), assignment) : assignment;
    }

    private static LambdaExpression Converter(Type from, Type to, FieldDescriptor field)
    {
        var item = Expression.Parameter(from);
        // A list cannot hold nothing.
        Expression value = from == typeof(string) ? Expression.Coalesce(item, Expression.Constant("")) : item;
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(from, to), Converted(value, to, field), item);
    }

    private static Expression Converted(Expression value, Type to, FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Enum)
            return Expression.Convert(Call(nameof(NumberOf), [], Expression.Constant(field.EnumType), value), to);
        if (to == typeof(Timestamp)) return Call(nameof(TimeOf), [], value);
        if (field.FieldType == FieldType.Message) return Nested(value, to);
        if (value.Type == to) return value;
        return (value.Type, to) == (typeof(int), typeof(long))
            ? Expression.Convert(value, to)
            : throw new InvalidOperationException($"{field.FullName} is {to}, and its answer has {value.Type}.");
    }

    private static InvocationExpression Nested(Expression value, Type message) =>
        Expression.Invoke(
            Expression.Field(null, typeof(AnswerMessage<,>).MakeGenericType(value.Type, message), nameof(AnswerMessage<int, Timestamp>.Of)),
            value);

    private static MethodCallExpression Call(string method, Type[] types, params Expression[] arguments)
    {
        var found = typeof(AnswerMapping).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!;
        return Expression.Call(types.Length == 0 ? found : found.MakeGenericMethod(types), arguments);
    }

    private static Type Elements(Type list) =>
        list.GetInterfaces().Append(list).First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .GetGenericArguments()[0];

    private static void AddAll<TFrom, TTo>(RepeatedField<TTo> to, IEnumerable<TFrom> from, Func<TFrom, TTo> convert)
    {
        foreach (var item in from) to.Add(convert(item));
    }

    private static void PutAll<TFrom,
        TTo>(MapField<string, TTo> to, IEnumerable<KeyValuePair<string, TFrom>> from, Func<TFrom, TTo> convert)
    {
        foreach (var (key, item) in from) to[key] = convert(item);
    }

    private static Timestamp TimeOf(DateTimeOffset time)
    {
        var ms = time.ToUnixTimeMilliseconds();
        var seconds = Math.DivRem(ms, 1000, out var left);
        return left >= 0
            ? new Timestamp { Seconds = seconds, Nanos = (int)left * 1_000_000 }
            : new Timestamp { Seconds = seconds - 1, Nanos = (int)(left + 1000) * 1_000_000 };
    }

    private static int NumberOf(EnumDescriptor type, string word) => EnumWords.Numbers(type).TryGetValue(word, out var number)
        ? number
        : throw new InvalidOperationException($"{type.FullName} has no value for '{word}'.");

    private static class Untyped<TMessage>
    {
        public static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Func<object, TMessage>> ByAnswer = [];
    }
}
