using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Comparison;

/// <summary>Compares what two runs were given and what they came to.</summary>
public static class RunComparison
{
    public static RunDifference Compare(Run left, Run right) => new()
    {
        Left = left.Id,
        Right = right.Id,
        LeftCommit = left.Commit,
        RightCommit = right.Commit,
        Parameters = Differences(left, right, run => run.Parameters.Select(pair => (pair.Key, pair.Value.GetRawText()))),
        Metrics = Metrics(left.Metrics, right.Metrics),
        Inputs = Differences(left, right, run => run.Inputs.Select(input => (input.Name, $"{RunInputLabel.Of(input)} {input.Artifact.Digest}"))),
        Outputs = Differences(left, right, run => run.Outputs.Select(output => (output.Name, output.Artifact.Digest.ToString()))),
        Code = Differences(left, right, run => run.KeyParts.Where(IsNeitherInputNorParameter).Select(part => (part.Name, part.Value))),
        SameKey = left.Key == right.Key,
    };

    private static bool IsNeitherInputNorParameter(KeyPart part) =>
        !part.Name.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal) && !part.Name.StartsWith(KeyParts.ParameterPrefix, StringComparison.Ordinal);

    private static List<ValueDifference> Differences(Run left, Run right, Func<Run, IEnumerable<(string Name, string Value)>> values)
    {
        var before = values(left).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        var after = values(right).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new ValueDifference(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
                .Where(difference => difference.Left != difference.Right),
        ];
    }

    private static List<MetricDifference> Metrics(IReadOnlyDictionary<string, double> left, IReadOnlyDictionary<string, double> right) =>
    [
        .. left.Keys.Union(right.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => Metric(name, ValueIn(left, name), ValueIn(right, name))),
    ];

    private static double? ValueIn(IReadOnlyDictionary<string, double> metrics, string name) => metrics.TryGetValue(name, out var value) ? value : null;

    private static MetricDifference Metric(string name, double? left, double? right) => new(name, left, right, right - left);
}
