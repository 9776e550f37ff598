using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;

namespace Fairlead.Sweeps.Tests.Running;

/// <summary>Steps <c>prepare &gt; train &gt; evaluate</c> beside <c>aside</c>, whose trials are a function of their parameters and end in an order of chance.</summary>
internal sealed class FakeGraphs(Func<IReadOnlyDictionary<string, JsonElement>, double?> function, int seed = 0) : ITrialGraphs, ITrialGraph, IWorkspace
{
    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly Random random = new(seed);
    private readonly TaskCompletionSource company = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int executed;
    private int underWay;

    public CommitState Commit { get; } = new(new string('a', 40), "main", null);

    public IReadOnlyList<StepDefinition> Steps { get; init; } =
    [
        new() { Name = "prepare", Run = "true", Parameters = Parameters(("rows", "100")) },
        new() { Name = "train", Run = "true", Inputs = [new StepInput("rows", null, "prepare", "rows")], Parameters = Parameters(("l2", "0.01"), ("factors", "16"), ("kind", "\"a\""), ("epochs", "3")) },
        new() { Name = "evaluate", Run = "true", Inputs = [new StepInput("model", null, "train", "model")], Parameters = Parameters(("threshold", "0.5")), Metrics = "metrics.json" },
        new() { Name = "aside", Run = "true", Parameters = Parameters(("x", "1")), Metrics = "metrics.json" },
    ];

    public IReadOnlyList<KeyPart> Parts { get; set; } = [new("dataset:rows", "sha256:1"), new("train/code:trainer/", "sha256:2"), new("train/param:l2", "0.01")];

    public int Parallelism => 2;

    public string Root => "/nowhere";

    public int Executed => executed;

    public int MostUnderWay { get; private set; }

    /// <summary>Called when a trial begins, with how many began before.</summary>
    public Action<int>? OnBegin { get; set; }

    /// <summary>The first trial goes on only when another one has begun beside it.</summary>
    public bool WaitsForCompany { get; set; }

    /// <summary>Null: the objective is there under its name.</summary>
    public string MetricName { get; set; } = "auc";

    public static Dictionary<string, JsonElement> Parameters(params (string Name, string Value)[] parameters) => parameters.ToDictionary(pair => pair.Name, pair => JsonElement.Parse(pair.Value));

    public Task<ITrialGraph> OpenAsync(IReadOnlyList<string> steps, string user, CancellationToken cancellationToken) => Task.FromResult<ITrialGraph>(this);

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new ProjectSnapshot(new ProjectDefinition { Name = "p", Steps = Steps }, "", Commit));

    public async Task<TrialRuns> RunAsync(IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> parameters, CancellationToken cancellationToken)
    {
        OnBegin?.Invoke(executed);
        var beside = Interlocked.Increment(ref underWay);
        MostUnderWay = Math.Max(MostUnderWay, beside);
        if (beside > 1)
            company.TrySetResult();
        if (WaitsForCompany)
            await company.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken);
        var key = string.Join(' ', parameters.SelectMany(step => step.Value.Select(value => $"{step.Key}.{value.Key}={value.Value.GetRawText()}")));
        for (var turns = Next(40); turns > 0; turns--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Interlocked.Decrement(ref underWay);
        var isKnown = known.TryGetValue(key, out var number);
        if (!isKnown)
            known[key] = number = Interlocked.Increment(ref executed);
        var value = function(parameters.SelectMany(step => step.Value).ToDictionary());
        return new TrialRuns
        {
            Runs = new[] { "train", "evaluate" }.ToDictionary(step => step, step => new RunBrief
            {
                Id = new RunId(step, number),
                Key = Digest.Of([1]),
                Status = RunStatus.Succeeded,
                Metrics = step == "evaluate" && value is { } measured ? new Dictionary<string, double> { [MetricName] = measured } : [],
            }),
            Failure = value is null ? $"'train-{number}' failed: it ended with code 1" : null,
            IsReused = isKnown,
        };
    }

    private int Next(int bound)
    {
        lock (random)
            return random.Next(bound);
    }
}
