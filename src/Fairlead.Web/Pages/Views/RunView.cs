using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>One run: what went in, what came out, and how it went.</summary>
public sealed record RunView
{
    public required string Id { get; init; }

    public required StatusView Status { get; init; }

    public required string? Error { get; init; }

    public required string Command { get; init; }

    public required CommitView Commit { get; init; }

    public required TimeView StartedAt { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    public required IReadOnlyList<FactView> Parameters { get; init; }

    public required IReadOnlyList<FactView> Metrics { get; init; }

    public required IReadOnlyList<FactView> Inputs { get; init; }

    public required IReadOnlyList<FactView> Outputs { get; init; }

    /// <summary>What the key is made of.</summary>
    public required IReadOnlyList<FactView> KeyParts { get; init; }

    /// <summary>What the command wrote, from its end; null when there is no log.</summary>
    public required string? Log { get; init; }

    /// <summary>True when the log is longer than what is shown.</summary>
    public required bool IsLogCut { get; init; }

    /// <param name="log">The end of the log as text, or null.</param>
    /// <param name="isLogCut">True when the log is longer than that.</param>
    public static RunView Of(Run run, string? log, bool isLogCut, DateTimeOffset now) => new()
    {
        Id = run.Id.ToString(),
        Status = StatusView.Of(run.Status),
        Error = run.Error,
        Command = run.Command,
        Commit = CommitView.Of(run.Commit),
        StartedAt = TimeView.Of(run.StartedAt, now),
        Facts = FactsOf(run, now),
        Parameters = [.. run.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FactView(pair.Key, pair.Value.ToString()))],
        Metrics = [.. run.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FactView(pair.Key, PageText.Number(pair.Value)))],
        Inputs = [.. run.Inputs.Select(InputOf)],
        Outputs = [.. run.Outputs.Select(output => new FactView(output.Name, $"{output.Artifact.Digest} ({PageText.Bytes(output.Artifact.Size)})"))],
        KeyParts = [.. run.KeyParts.Select(part => new FactView(part.Name, part.Value))],
        Log = log,
        IsLogCut = isLogCut,
    };

    private static List<FactView> FactsOf(Run run, DateTimeOffset now)
    {
        var facts = new List<FactView>
        {
            new("Duration", PageText.Duration((run.FinishedAt ?? now) - run.StartedAt)),
            new("By", $"{run.StartedBy} on {run.Machine}"),
            new("Sandbox", run.Sandbox),
        };
        if (run.ExitCode is { } code)
            facts.Add(new FactView("Exit code", code.ToString()));
        if (run.CpuSeconds is { } seconds)
            facts.Add(new FactView("CPU", PageText.Duration(TimeSpan.FromSeconds(seconds))));
        if (run.PeakMemoryBytes is { } bytes)
            facts.Add(new FactView("Peak memory", PageText.Bytes(bytes)));
        facts.Add(new FactView("Key", run.Key.ToString()));
        return facts;
    }

    private static FactView InputOf(RunInput input) => new(
        input.Name,
        $"{input.Source}{(input.DatasetNumber is { } number ? $"@{number}" : "")}{(input.Run is { } run ? $" of {run}" : "")}, {input.Artifact.Digest.Short}… ({PageText.Bytes(input.Artifact.Size)})",
        input.Run is { } source ? PagePaths.Run(source.ToString()) : null);
}
