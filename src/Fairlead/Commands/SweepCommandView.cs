using System.Text.Json;
using Fairlead.Sweeps;
using Fairlead.Sweeps.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows a sweep while it is under way: a table on a terminal, else a line for each trial that ended.</summary>
internal sealed class SweepCommandView(IAnsiConsole console)
{
    /// <summary>Rows of a terminal that are not the table's.</summary>
    private const int OtherRows = 8;
    private const int LeastRows = 5;
    private readonly SortedDictionary<int, TrialRecord> trials = [];
    private SweepRecord? sweep;

    /// <summary>Its number, once it has begun.</summary>
    public int? Sweep => sweep?.Number;

    /// <returns>The report, or null when the stream ended without one.</returns>
    public async Task<SweepReport?> FollowAsync(IAsyncEnumerable<JsonElement> lines, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return await ReadAsync(lines, Tell, cancellationToken);
        return await console.Live(new Text("")).AutoClear(true).StartAsync(context => ReadAsync(
            lines,
            _ => context.UpdateTarget(Table()),
            cancellationToken));
    }

    private async Task<SweepReport?> ReadAsync(IAsyncEnumerable<JsonElement> lines, Action<SweepProgress> show, CancellationToken cancellationToken)
    {
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (line.TryGetProperty("report", out var report))
                return report.Deserialize(SweepJson.Default.SweepReport);
            var progress = line.Deserialize(SweepJson.Default.SweepProgress)!;
            sweep = progress.Sweep;
            if (progress.Trial is { } trial)
                trials[trial.Number] = trial;
            show(progress);
        }

        return null;
    }

    private void Tell(SweepProgress progress)
    {
        if (progress.Note is { } note)
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        else if (progress.Trial is null)
            console.WriteLine($"sweep {progress.Sweep.Number}: {progress.Sweep.Planned} trials of '{progress.Sweep.Order.Step}' by {progress.Sweep.Order.Search}, {progress.Sweep.Done} done");
        else if (progress.Trial.Status != TrialStatus.Running)
            console.WriteLine($"{progress.Trial.Number}/{progress.Sweep.Planned} {SweepText.Values(progress.Trial.Values)}  {SweepText.Outcome(progress.Sweep, progress.Trial)}{(progress.Trial.IsReused ? "  known" : $"  {progress.Trial.Seconds:0.0} s")}{(progress.Sweep.Best == progress.Trial.Number ? "  best" : "")}");
    }

    private Table Table()
    {
        var room = Math.Max(LeastRows, console.Profile.Height - OtherRows);
        var best = sweep!.Best;
        var shown = trials.Values.Where(trial => trial.Number == best || trial.Number > trials.Count - room + 1).ToList();
        var table = SweepTable.Of(sweep, shown, console.Profile.Width);
        table.Title = new TableTitle(Markup.Escape($"sweep {sweep.Number}: {sweep.Done} of {sweep.Planned} trials, {sweep.Failed} failed"));
        return table;
    }
}
