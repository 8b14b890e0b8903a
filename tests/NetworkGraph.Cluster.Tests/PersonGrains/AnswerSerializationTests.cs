using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Demo;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using Orleans;
using Orleans.Serialization;

namespace NetworkGraph.Cluster.Tests.PersonGrains;

/// <summary>What a grain is asked and what it answers crosses from one silo to another whole.</summary>
public sealed class AnswerSerializationTests : IAsyncLifetime
{
    private const int PeopleAsked = 5;
    private static readonly DateTimeOffset s_now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions s_whole = new()
    { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepAll } } };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("networkgraph-");
    private readonly CancellationTokenSource _stop = new();
    private ServiceProvider _services = null!;
    private Task _folding = Task.CompletedTask;
    private string[] _people = [];

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions { Data = _folder.FullName };
        var data = await DataFolder.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        var demo = DemoNetwork.Generate(new DemoOptions { People = 100, Years = 2, Until = s_now });
        foreach (var records in demo.Records().Chunk(5_000)) await data.Log.AppendAsync(records, TestContext.Current.CancellationToken);
        _people = [.. demo.Interactions.CountBy(i => i.From).OrderByDescending(p => p.Value).ThenBy(
            p => p.Key, StringComparer.Ordinal).Select(p => p.Key)];
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddNetwork(
            data, PeopleOptions.Default, new LiveNetworkOptions()).AddSerializer().BuildServiceProvider();
        var fold = _services.GetRequiredService<LogFold>();
        _folding = fold.RunAsync(_stop.Token);
        await fold.Ready.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _folding;
        await _services.DisposeAsync();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_question_and_every_answer_of_a_grain_comes_back_as_it_was()
    {
        var grain = ActivatorUtilities.CreateInstance<PersonGrain>(_services);
        foreach (var method in typeof(IPersonGrain).GetMethods())
        {
            var answers = 0;
            foreach (var person in _people.Take(PeopleAsked))
            {
                var arguments = method.GetParameters().Select(parameter => ArgumentOf(parameter, person)).ToArray();
                foreach (var argument in arguments.Where(argument => argument is not (null or CancellationToken)))
                    ShouldComeBack(argument!, argument!.GetType(), method.Name);
                var (answer, type) = await InvokeAsync(method, grain, arguments);
                if (answer is null) continue;
                answers++;
                ShouldComeBack(answer, type, method.Name);
            }
            answers.ShouldBeGreaterThan(0, method.Name);
            var (none, unknownType) = await InvokeAsync(
                method, grain, [.. method.GetParameters().Select(parameter => ArgumentOf(parameter, "nobody"))]);
            if (none is null) BackAndForth(none, unknownType).ShouldBeNull(method.Name);
            else ShouldComeBack(none, unknownType, method.Name);
        }
    }

    [Fact]
    public void A_field_that_one_of_two_versions_lacks_is_left_at_its_default()
    {
        var newer = _services.GetRequiredService<Serializer<NewerAnswer>>();
        var older = _services.GetRequiredService<Serializer<OlderAnswer>>();
        older.Deserialize(newer.SerializeToArray(new NewerAnswer { Name = "n", Score = 0.1 + 0.2, Since = [1, 2] }))
            .ShouldBe(new OlderAnswer { Name = "n", Score = 0.1 + 0.2 });
        var read = newer.Deserialize(older.SerializeToArray(new OlderAnswer { Name = "n", Score = double.Epsilon }));
        (read!.Name, read.Score).ShouldBe(("n", double.Epsilon));
        read.Since.ShouldBeNull();
    }

    [Fact]
    public void The_key_of_a_grain_is_a_hash_of_the_id()
    {
        PersonGrainKey.Of("ann@example.org").ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("ann@example.org"u8)[..16]));
        PersonGrainKey.Of(new string('é', 4_000)).Length.ShouldBe(32);
    }

    private object? ArgumentOf(ParameterInfo parameter, string person) => parameter.Name switch
    {
        "request" => new PersonRequest(person, Viewer.Admin, s_now.ToUnixTimeMilliseconds(), 0, 0),
        "range" => TieRange.All,
        "other" => _people[0] == person ? _people[1] : _people[0],
        "venue" => null,
        "filter" => new HistoryFilter(),
        "question" => new IntroductionsRequest { Viewer = Viewer.Admin, From = person, To = _people[40] },
        "goal" => ReconnectGoal.Any,
        "limit" => 20,
        "weighted" => true,
        "cancellation" => TestContext.Current.CancellationToken,
        var unknown => throw new InvalidOperationException($"Say what to pass as {unknown}."),
    };

    private static async Task<(object? Answer, Type Type)> InvokeAsync(MethodInfo method, IPersonGrain grain, object?[] arguments)
    {
        var pending = method.Invoke(grain, arguments)!;
        var task = (Task)pending.GetType().GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(pending, null)!;
        await task;
        return (task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task), method.ReturnType.GetGenericArguments()[0]);
    }

    private void ShouldComeBack(object value, Type type, string what) =>
        JsonSerializer.Serialize(BackAndForth(value, type), type, s_whole).ShouldBe(JsonSerializer.Serialize(value, type, s_whole), what);

    private object? BackAndForth(object? value, Type type) =>
        typeof(AnswerSerializationTests).GetMethod(
            nameof(BackAndForthTyped), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, [value]);

    private T? BackAndForthTyped<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer<T>>();
        return serializer.Deserialize(serializer.SerializeToArray(value));
    }

    /// <summary>Whole, also what is not shown over HTTP: positions in the log, which the asking silo turns into ids.</summary>
    private static void KeepAll(JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object || type.Type.Namespace?.StartsWith("NetworkGraph", StringComparison.Ordinal) != true)
            return;
        foreach (var property in type.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is null) continue;
            if (type.Properties.FirstOrDefault(known => known.Name == property.Name) is { } hidden) type.Properties.Remove(hidden);
            var kept = type.CreateJsonPropertyInfo(property.PropertyType, property.Name);
            kept.Get = property.GetValue;
            type.Properties.Add(kept);
        }
    }
}

/// <summary>An answer as an older version knows it.</summary>
[GenerateSerializer]
public sealed record OlderAnswer
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required double Score { get; init; }
}

/// <summary>The same answer with a field more, between the others.</summary>
[GenerateSerializer]
public sealed record NewerAnswer
{
    [Id(0)] public required string Name { get; init; }

    [Id(2)] public required IReadOnlyList<int> Since { get; init; }

    [Id(1)] public required double Score { get; init; }
}
