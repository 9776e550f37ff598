using Fairlead.Load;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>Shows a run while it lasts: a view that is redrawn on a terminal, else a line a second.</summary>
internal static class LoadCommandView
{
    private const int NameWidth = 10;
    private const int TextWidth = 34;
    private const int LongestBar = 40;

    /// <summary>A shorter one tells nothing: its room is left to the text.</summary>
    private const int ShortestBar = 8;

    /// <summary>Between two columns.</summary>
    private const int Gap = 2;
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static Task<LoadResult> ShowAsync(IAnsiConsole console, Func<Action<LoadProgress>, Task<LoadResult>> run)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
        {
            var told = 0;
            return run(progress => told = PrintSeconds(console, progress, told));
        }

        return console.Live(new Text("connecting")).AutoClear(true).StartAsync(async live =>
            await run(progress =>
            {
                live.UpdateTarget(Draw(progress, console.Profile.Width));
                live.Refresh();
            }));
    }

    /// <summary>A line of small bars, the largest value as the highest.</summary>
    public static string Sparkline(IReadOnlyCollection<double> values)
    {
        var max = values.DefaultIfEmpty().Max();
        return string.Concat(values.Select(value => max <= 0 ? Levels[0] : Levels[(int)Math.Round(value / max * (Levels.Length - 1))]));
    }

    private static int PrintSeconds(IAnsiConsole console, LoadProgress progress, int told)
    {
        foreach (var second in progress.Seconds.Where(second => second.Second >= told))
        {
            console.WriteLine(
                $"{second.Second + 1,4} s  asked {second.Due}/s  answered {second.Succeeded}/s  failed {second.Failed}  under way {progress.UnderWay}  waiting {progress.Waiting}  p50 {LoadCommandText.Latency(second.P50)}  p99 {LoadCommandText.Latency(second.P99)}");
            told = second.Second + 1;
        }

        return told;
    }

    /// <param name="width">Columns of the terminal: one that is narrow has shorter bars, and then none.</param>
    internal static IRenderable Draw(LoadProgress progress, int width)
    {
        var last = progress.Seconds.LastOrDefault();
        var room = Math.Min(LongestBar, width - NameWidth - TextWidth - (2 * Gap) - 1);
        var length = room < ShortestBar ? 0 : room;
        var text = Math.Clamp(width - NameWidth - (2 * Gap) - 2, 1, TextWidth);
        var grid = new Grid()
            .AddColumn(Column(NameWidth, Gap))
            .AddColumn(Column(text, Gap))
            .AddColumn(Column(Math.Max(length, 1), 0));
        var done = Math.Min(1, progress.Elapsed / progress.Length);
        var bar = new string('━', (int)(done * length));
        var what = progress.IsWarmup ? "warming up" : done >= 1 ? "waiting for the last answers" : "";
        Add(grid, "time", $"{Math.Min(progress.Elapsed.TotalSeconds, progress.Length.TotalSeconds):0.0} of {progress.Length.TotalSeconds:0.#} s {what}", $"[green]{bar}[/][grey]{new string('━', length - bar.Length)}[/]");
        Add(grid, "rate", $"{last?.Succeeded ?? 0:N0}/s of {progress.AskedRate:N0}/s asked", Spark(progress, second => second.Succeeded, "green", length));
        Add(grid, "under way", $"{progress.UnderWay:N0}, {progress.Waiting:N0} more are due", "");
        Add(grid, "p50", $"{LoadCommandText.Latency(last?.P50 ?? 0)}, {LoadCommandText.Latency(progress.Latency.P50)} so far", Spark(progress, second => second.P50, "blue", length));
        Add(grid, "p99", $"{LoadCommandText.Latency(last?.P99 ?? 0)}, {LoadCommandText.Latency(progress.Latency.P99)} so far", Spark(progress, second => second.P99, "yellow", length));
        Add(grid, "answered", $"{progress.Succeeded:N0}", "");
        Add(grid, "failed", $"{progress.Failed:N0}", Spark(progress, second => second.Failed, "red", length));
        foreach (var error in progress.Errors.Take(3))
        {
            var count = $"{error.Count:N0} × {error.Status}";
            Add(grid, "", length == 0 ? CellText.Cut($"{count} {error.Message}", text) : count, Markup.Escape(CellText.Cut(error.Message, length)));
        }

        return grid;
    }

    private static GridColumn Column(int width, int gap) => new GridColumn { Padding = new Padding(0, 0, gap, 0) }.NoWrap().Width(width);

    private static string Spark(LoadProgress progress, Func<Load.Measuring.LoadSecond, double> value, string color, int length) =>
        $"[{color}]{Sparkline([.. progress.Seconds.TakeLast(length).Select(value)])}[/]";

    private static void Add(Grid grid, string name, string text, string markup) =>
        grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(text).Overflow(Overflow.Ellipsis), new Markup(markup).Overflow(Overflow.Ellipsis));
}
