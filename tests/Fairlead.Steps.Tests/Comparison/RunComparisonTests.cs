using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Comparison;

namespace Fairlead.Steps.Tests.Comparison;

public sealed class RunComparisonTests
{
    private static readonly ArtifactRef One = new(ArtifactKind.Blob, Digest.Of("1"u8), 1);
    private static readonly ArtifactRef Two = new(ArtifactKind.Blob, Digest.Of("2"u8), 1);

    [Fact]
    public void Compare_OfDifferentRuns_NamesWhatDiffers()
    {
        var left = NewRun(1, """{ "l2": 0.1, "old": 1, "same": "x" }""", One, ("auc", 0.5), ("old", 1));
        var right = NewRun(2, """{ "l2": 0.2, "same": "x", "new": true }""", Two, ("auc", 0.75), ("new", 2));
        var difference = RunComparison.Compare(left, right);
        Assert.Equal([new("l2", "0.1", "0.2"), new("new", null, "true"), new("old", "1", null)], difference.Parameters);
        Assert.Equal([new("auc", 0.5, 0.75, 0.25), new("new", null, 2, null), new("old", 1, null, null)], difference.Metrics);
        Assert.Equal([new("rows", $"flights@1 {One}", $"flights@2 {Two}")], difference.Inputs);
        Assert.Equal([new("model", One.ToString(), Two.ToString())], difference.Outputs);
        Assert.Equal([new("code:a", "1", "2")], difference.Code);
        Assert.False(difference.SameKey);
    }

    [Fact]
    public void Compare_OfARunWithItself_FindsNothing()
    {
        var run = NewRun(1, """{ "l2": 0.1 }""", One, ("auc", 0.5));
        var difference = RunComparison.Compare(run, run);
        Assert.Empty(difference.Parameters.Concat(difference.Inputs).Concat(difference.Outputs).Concat(difference.Code));
        Assert.Equal([new("auc", 0.5, 0.5, 0)], difference.Metrics);
        Assert.True(difference.SameKey);
    }

    private static Run NewRun(int number, string parameters, ArtifactRef artifact, params (string Name, double Value)[] metrics) => new()
    {
        Id = new RunId("train", number),
        Key = artifact.Digest,
        KeyParts = [new("code:a", $"{number}"), new("input:rows", artifact.ToString()), new("param:l2", $"{number}"), new("platform", "linux-x64")],
        Status = RunStatus.Succeeded,
        Commit = new CommitState("c" + number, "main", null),
        Command = "x",
        Parameters = JsonDocument.Parse(parameters).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
        Inputs = [new RunInput("rows", "dataset:flights", artifact, number, null)],
        Outputs = [new RunOutput("model", artifact)],
        Metrics = metrics.ToDictionary(metric => metric.Name, metric => metric.Value),
        StartedAt = DateTimeOffset.UnixEpoch,
        Machine = "m",
        StartedBy = "t",
        Sandbox = "plain",
    };
}
