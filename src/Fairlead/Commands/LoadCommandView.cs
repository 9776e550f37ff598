using Fairlead.Load;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>Shows a run while it lasts: a view that is redrawn on a terminal, else a line a second.</summary>
internal static class LoadCommandView
{
    private const int BarWidth = 40;
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
                live.UpdateTarget(Draw(progress));
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

    private static IRenderable Draw(LoadProgress progress)
    {
        var last = progress.Seconds.LastOrDefault();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(10)).AddColumn(new GridColumn().NoWrap().Width(34)).AddColumn(new GridColumn().NoWrap());
        var done = Math.Min(1, progress.Elapsed / progress.Length);
        var bar = new string('━', (int)(done * BarWidth));
        var what = progress.IsWarmup ? "warming up" : done >= 1 ? "waiting for the last answers" : "";
        Add(grid, "time", $"{Math.Min(progress.Elapsed.TotalSeconds, progress.Length.TotalSeconds):0.0} of {progress.Length.TotalSeconds:0.#} s {what}", $"[green]{bar}[/][grey]{new string('━', BarWidth - bar.Length)}[/]");
        Add(grid, "rate", $"{last?.Succeeded ?? 0:N0}/s of {progress.AskedRate:N0}/s asked", Spark(progress, second => second.Succeeded, "green"));
        Add(grid, "under way", $"{progress.UnderWay:N0}, {progress.Waiting:N0} more are due", "");
        Add(grid, "p50", $"{LoadCommandText.Latency(last?.P50 ?? 0)}, {LoadCommandText.Latency(progress.Latency.P50)} so far", Spark(progress, second => second.P50, "blue"));
        Add(grid, "p99", $"{LoadCommandText.Latency(last?.P99 ?? 0)}, {LoadCommandText.Latency(progress.Latency.P99)} so far", Spark(progress, second => second.P99, "yellow"));
        Add(grid, "answered", $"{progress.Succeeded:N0}", "");
        Add(grid, "failed", $"{progress.Failed:N0}", Spark(progress, second => second.Failed, "red"));
        foreach (var error in progress.Errors.Take(3))
            Add(grid, "", $"{error.Count:N0} × {error.Status}", Markup.Escape(error.Message));
        return grid;
    }

    private static string Spark(LoadProgress progress, Func<Load.Measuring.LoadSecond, double> value, string color) =>
        $"[{color}]{Sparkline([.. progress.Seconds.TakeLast(BarWidth).Select(value)])}[/]";

    private static void Add(Grid grid, string name, string text, string markup) => grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(text), new Markup(markup).Overflow(Overflow.Ellipsis));
}
