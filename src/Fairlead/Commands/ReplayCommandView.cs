using System.Text.Json;
using Fairlead.Replay;
using Fairlead.Replay.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows how far a replay is: a bar on a terminal, else a line for every tenth.</summary>
internal sealed class ReplayCommandView(IAnsiConsole console)
{
    private const int Steps = 10;

    /// <summary>Columns of the longest description and of the percentage, with the blanks behind them.</summary>
    private const int TextWidth = 60;

    /// <summary>Of the remaining time and the spinner.</summary>
    private const int RestWidth = 14;
    private const int LongestBar = 40;
    private const int ShortestBar = 8;
    private int told = -1;
    private string phase = "";

    /// <returns>The report, or null when the stream ended without one.</returns>
    public async Task<JsonElement?> FollowAsync(IAsyncEnumerable<JsonElement> lines, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return await ReadAsync(lines, Tell, cancellationToken);
        return await console.Progress().AutoClear(true)
            .Columns(Columns(console.Profile.Width))
            .StartAsync(context =>
            {
                var task = context.AddTask("planning", maxValue: 1);
                return ReadAsync(
                    lines,
                    progress =>
                    {
                        task.Description = Describe(progress);
                        task.MaxValue = Math.Max(1, progress.Rows);
                        task.Value = progress.Done;
                    },
                    cancellationToken);
            });
    }

    /// <summary>What a terminal has room for: what does not fit would break every line.</summary>
    internal static ProgressColumn[] Columns(int width)
    {
        var room = width - TextWidth;
        List<ProgressColumn> columns = [new TaskDescriptionColumn { Alignment = Justify.Left }, new PercentageColumn()];
        if (room >= ShortestBar + RestWidth)
            columns.AddRange([new RemainingTimeColumn(), new SpinnerColumn()]);
        var bar = Math.Min(LongestBar, room >= ShortestBar + RestWidth ? room - RestWidth : room);
        if (bar >= ShortestBar)
            columns.Insert(1, new ProgressBarColumn { Width = bar });
        return [.. columns];
    }

    private static async Task<JsonElement?> ReadAsync(IAsyncEnumerable<JsonElement> lines, Action<ReplayProgress> show, CancellationToken cancellationToken)
    {
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (line.TryGetProperty("report", out var report))
                return report;
            show(line.Deserialize(ReplayJson.Default.ReplayProgress)!);
        }

        return null;
    }

    private void Tell(ReplayProgress progress)
    {
        var step = progress.Rows == 0 ? 0 : (int)(progress.Done * Steps / progress.Rows);
        if (step == told && progress.Phase == phase)
            return;
        (told, phase) = (step, progress.Phase);
        console.WriteLine(Describe(progress));
    }

    private static string Describe(ReplayProgress progress) => progress.Phase == "scoring"
        ? $"replay {progress.Number}: {progress.Done:N0} of {progress.Rows:N0} rows, {(progress.Seconds > 0 ? progress.Done / progress.Seconds : 0):N0}/s"
        : progress.Number == 0 ? progress.Phase : $"replay {progress.Number}: {progress.Phase}";
}
