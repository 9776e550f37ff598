using System.Text.Json;
using Fairlead.Predictions.Tracing;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>A trace as a tree: from the answer down to the commit and the bytes of data.</summary>
internal static class TraceTree
{
    public static Tree Create(PredictionTrace trace)
    {
        var prediction = trace.Prediction;
        var tree = new Tree(Line($"prediction [bold]{prediction.Id}[/]  {prediction.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff'Z'}, {prediction.LatencyMicroseconds} µs, status {prediction.Status}"));
        if (prediction.Inputs is { } inputs)
            tree.AddNode(Line($"[grey]input[/] {Fields(inputs)}"));
        if (prediction.Outputs is { } outputs)
            tree.AddNode(Line($"[grey]output[/] {Fields(outputs)}"));
        if (prediction.Error is { } error)
            tree.AddNode(Line($"[red]error[/] {error}"));
        if (trace.Outcome is { } outcome)
            tree.AddNode(Line($"[grey]outcome[/] {Fields(outcome.Values)}"));
        if (trace.Redacted.Count + trace.Hashed.Count > 0)
            tree.AddNode(Line($"[grey]hidden[/] {string.Join(", ", [.. trace.Redacted.Select(field => $"{field} redacted"), .. trace.Hashed.Select(field => $"{field} hashed")])}"));
        foreach (var related in trace.Related)
            tree.AddNode(Line($"[grey]{related.Role.ToString().ToLowerInvariant()} answer to the same request[/] {related.Id} by {related.ServerGroup}, status {related.Status}"));
        if (trace.Experiment is { } experiment)
            tree.AddNode(Line($"[grey]experiment[/] {experiment}, arm {trace.ServerGroup}"));
        var group = tree.AddNode(Line($"server group [bold]{trace.ServerGroup}[/]  deployed {trace.DeployedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} by {trace.DeployedBy}"));
        var release = group.AddNode(Line($"release [bold]{trace.Release}[/]  commit {trace.ReleaseCommit.Short}, {trace.ReleasedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} by {trace.ReleasedBy}"));
        foreach (var model in trace.Models)
            AddRun(release.AddNode(Line($"model version [bold]{model.Version.Label}[/]  {model.Version.Artifact.Digest}")), model.Run);
        if (trace.Service.Command is { } command)
            release.AddNode(Line($"command [bold]{command.Command}[/]  {command.Code.Digest}"));
        return tree;
    }

    private static void AddRun(TreeNode parent, TracedRun run)
    {
        if (run.IsRepeated)
        {
            parent.AddNode(Line($"run [bold]{run.Id}[/]  [grey]as above[/]"));
            return;
        }

        var node = parent.AddNode(Line($"run [bold]{run.Id}[/]  commit {run.Commit.Commit}{(run.Commit.IsDirty ? " (dirty tree)" : "")}"));
        node.AddNode(Line($"[grey]command[/] {run.Command}"));
        if (run.Parameters.Count > 0)
            node.AddNode(Line($"[grey]parameters[/] {Fields(run.Parameters)}"));
        if (run.Metrics.Count > 0)
            node.AddNode(Line($"[grey]metrics[/] {string.Join(", ", run.Metrics.Select(metric => $"{metric.Key} {metric.Value:0.######}"))}"));
        foreach (var input in run.Inputs)
            AddInput(node, input);
    }

    private static void AddInput(TreeNode parent, TracedInput input)
    {
        var node = parent.AddNode(Line($"[grey]input[/] {input.Source}"));
        if (input.Dataset is { } dataset)
            node.AddNode(Line($"dataset version [bold]{dataset.Label}[/]  {dataset.Artifact.Digest}, {Sizes.Describe(dataset.Artifact.Size)}, {dataset.Path}"));
        if (input.Run is { } run)
            AddRun(node, run);
    }

    private static string Fields(IReadOnlyDictionary<string, JsonElement> fields) =>
        string.Join(", ", fields.Select(field => $"{field.Key} {field.Value.GetRawText()}"));

    private static Markup Line(FormattableString text) => Markup.FromInterpolated(text);
}
