using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Comparison;

/// <summary>Puts runs side by side: what they were given, and what they came to.</summary>
public sealed class RunComparer(IRunCatalog runs, IArtifactStore store, IRunAnnotations annotations)
{
    /// <summary>Runs that can be compared at once.</summary>
    public const int MostRuns = 50;
    private readonly CodeFiles files = new(store);
    private readonly RunExplainer explainer = new(runs, store);

    /// <exception cref="FairleadException">NotFound: there is no such run; Invalid: fewer than two, or too many.</exception>
    public async Task<RunComparison> CompareAsync(IReadOnlyList<RunId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is < 2 or > MostRuns)
            throw FairleadException.Invalid($"A comparison is of 2 to {MostRuns} runs, and these are {ids.Count}; name them, such as 'fairlead compare train-3 train-4'.");
        var found = new List<Run>();
        foreach (var id in ids)
            found.Add(await runs.FindAsync(id, cancellationToken) ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'."));
        var compared = await annotations.AnnotateAsync(found, cancellationToken);
        var code = new List<Dictionary<string, string>>();
        var explanations = new List<RunExplanation>();
        foreach (var run in compared)
            code.Add(await files.OfAsync(run, cancellationToken));
        foreach (var run in compared.Skip(1))
            explanations.Add(await explainer.ExplainAsync(run, compared[0], cancellationToken));
        return new RunComparison
        {
            Runs = compared,
            Parameters = Side(compared, run => run.Parameters.Select(pair => (pair.Key, pair.Value.GetRawText()))),
            Metrics = Metrics(compared),
            Inputs = Side(compared, run => run.Inputs.Select(input => (input.Name, $"{RunInputLabel.Of(input)} {input.Artifact.Digest}"))),
            Code = [.. Side([.. code.Select(known => known.AsEnumerable())]).Where(value => value.Differs)],
            Surroundings = Side(compared, run => run.KeyParts.Where(IsSurrounding).Select(part => (part.Name, part.Value))),
            Outputs = Side(compared, run => run.Outputs.Select(output => (output.Name, output.Artifact.Digest.ToString()))),
            Explanations = explanations,
        };
    }

    /// <summary>The curves of a run, by name; none when it has none, or when the store does not hold them any more.</summary>
    public async Task<IReadOnlyList<MetricCurve>> CurvesAsync(Run run, CancellationToken cancellationToken) =>
        run.Curves is { } curves && store.Contains(curves)
            ? JsonSerializer.Deserialize(await store.ReadAsync(curves.Digest, cancellationToken), Domain.Serialization.DomainJson.Default.IReadOnlyListMetricCurve) ?? []
            : [];

    private static bool IsSurrounding(KeyPart part) =>
        !part.Name.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal)
        && !part.Name.StartsWith(KeyParts.ParameterPrefix, StringComparison.Ordinal)
        && !part.Name.StartsWith(KeyParts.CodePrefix, StringComparison.Ordinal);

    private static List<ComparedMetric> Metrics(IReadOnlyList<Run> compared) =>
    [
        .. compared.SelectMany(run => run.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
        {
            IReadOnlyList<double?> values = [.. compared.Select(run => run.Metrics.TryGetValue(name, out var value) ? value : (double?)null)];
            return new ComparedMetric(name, values, MetricDirection.Best(name, values));
        }),
    ];

    private static List<ComparedValue> Side(IReadOnlyList<Run> compared, Func<Run, IEnumerable<(string Name, string Value)>> values) =>
        Side([.. compared.Select(run => values(run).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))]);

    private static List<ComparedValue> Side(IReadOnlyList<IEnumerable<KeyValuePair<string, string>>> values)
    {
        var byRun = values.Select(pairs => pairs.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)).ToList();
        return
        [
            .. byRun.SelectMany(known => known.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new ComparedValue(name, [.. byRun.Select(known => known.GetValueOrDefault(name))])),
        ];
    }
}
