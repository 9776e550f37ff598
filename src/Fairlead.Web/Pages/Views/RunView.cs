using Fairlead.Domain.Artifacts;
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

    /// <summary>What was odd and no failure.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public string? Variant { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<RunNoteView> Notes { get; init; } = [];

    /// <summary>Whether the reader may give tags and write notes.</summary>
    public bool CanChange { get; init; }

    /// <summary>What came of executing it again, or how that is done.</summary>
    public string? Verdict { get; init; }

    /// <summary>Its step does not make the same twice.</summary>
    public bool IsUnsteady { get; init; }

    /// <summary>Why it was executed, in a sentence; null when that is not known.</summary>
    public string? Why { get; init; }

    public IReadOnlyList<CurveView> Curves { get; init; } = [];

    /// <summary>What it read, with what that came from in turn.</summary>
    public IReadOnlyList<TraceNodeView> Origin { get; init; } = [];

    /// <summary>True while it goes on.</summary>
    public bool IsRunning { get; init; }

    /// <summary>What the command wrote, from its end; null when there is no log.</summary>
    public required string? Log { get; init; }

    /// <summary>True when the log is longer than what is shown.</summary>
    public required bool IsLogCut { get; init; }

    /// <param name="log">The end of the log as text, or null.</param>
    /// <param name="isLogCut">True when the log is longer than that.</param>
    /// <param name="isThere">Whether the store still holds what it made; null for yes.</param>
    public static RunView Of(Run run, string? log, bool isLogCut, DateTimeOffset now, Func<ArtifactRef, bool>? isThere = null) => new()
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
        Outputs = [.. run.Outputs.Select(output => OutputOf(run, output, isThere?.Invoke(output.Artifact) ?? true))],
        KeyParts = [.. run.KeyParts.Select(part => new FactView(part.Name, part.Value))],
        Log = log,
        IsLogCut = isLogCut,
        Remarks = run.Remarks ?? [],
        Variant = run.Variant,
        Tags = [.. (run.Annotations ?? RunAnnotations.None).Tags.Select(tag => tag.Name)],
        Notes = [.. (run.Annotations ?? RunAnnotations.None).Notes.Select(note => new RunNoteView(note.Text, note.By, TimeView.Of(note.At, now)))],
        Verdict = VerdictOf(run),
        IsUnsteady = run.Annotations is { IsUnsteady: true },
        IsRunning = run.Status == RunStatus.Running,
    };

    private static string? VerdictOf(Run run) => run.Annotations?.Verdict switch
    {
        RebuildOutcome.Identical => "identical: executed again, it made the same bytes",
        RebuildOutcome.Different => "different: executed again, it made other bytes",
        RebuildOutcome.Failed => "failed: executed again, it did not succeed",
        RebuildOutcome.Impossible => "impossible: something that it needs is not there any more",
        _ => null,
    };

    private static List<FactView> FactsOf(Run run, DateTimeOffset now)
    {
        var facts = new List<FactView>
        {
            new("Duration", PageText.Duration((run.FinishedAt ?? now) - run.StartedAt)),
            new("By", $"{run.StartedBy} on {run.Machine}"),
            new("Sandbox", SandboxOf(run)),
            new("Verified", VerdictOf(run) ?? $"not yet: fairlead verify {run.Id}"),
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

    private static FactView OutputOf(Run run, RunOutput output, bool isThere) => new(
        output.Name,
        $"{output.Artifact.Digest} ({PageText.Bytes(output.Artifact.Size)}){(isThere ? "" : ", removed from the store")}",
        isThere && output.Artifact.Kind == ArtifactKind.Blob ? PagePaths.RunFile(run.Id.ToString(), output.Name) : null);

    private static string SandboxOf(Run run)
    {
        var facts = run.SandboxFacts;
        var words = new[] { facts?.Program, facts?.Image, facts is null ? null : facts.HasNetwork ? "with network" : "without network", facts?.Limits is { } limits ? $"limits by {limits}" : null, facts?.Note };
        var told = string.Join(", ", words.OfType<string>());
        return told.Length == 0 ? run.Sandbox : $"{run.Sandbox} ({told})";
    }
}
