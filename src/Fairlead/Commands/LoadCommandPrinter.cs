using Fairlead.Load;
using Fairlead.Load.Measuring;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints the result of a run for people.</summary>
internal static class LoadCommandPrinter
{
    private static readonly (string Name, Func<LatencySummary, double> Read)[] Quantiles =
    [
        ("mean", summary => summary.Mean),
        ("p50", summary => summary.P50),
        ("p90", summary => summary.P90),
        ("p95", summary => summary.P95),
        ("p99", summary => summary.P99),
        ("p99.9", summary => summary.P999),
        ("max", summary => summary.Max),
    ];

    public static void Print(IAnsiConsole console, LoadResult result)
    {
        console.MarkupLineInterpolated($"[bold]{result.AchievedRate:N1}/s[/] answered without error{(result.Cancelled ? " until it was cancelled" : "")}: {result.Succeeded:N0} of {result.Due:N0} requests in {result.Duration:0.##} s");
        PrintTrouble(console, result);
        PrintLatency(console, result);
        PrintServerGroups(console, result);
        foreach (var verdict in result.Checks.Where(verdict => verdict.Passed))
            console.MarkupLineInterpolated($"[green]✓[/] {verdict.Message}");
    }

    private static void PrintTrouble(IAnsiConsole console, LoadResult result)
    {
        if (result.Failed > 0)
            console.MarkupLineInterpolated($"[red]{result.Failed:N0} failed[/], {result.ErrorRate * 100:0.###} % of what ended");
        foreach (var error in result.Errors)
            console.MarkupLineInterpolated($"  {error.Count:N0} × {error.Status}: {error.Message}");
        if (result.Late > 0)
            console.MarkupLineInterpolated($"[yellow]{result.Late:N0} were sent late[/], more than 1 ms after they were due; half of all within {LoadCommandText.Latency(result.SendDelay.P50)}, 99 % within {LoadCommandText.Latency(result.SendDelay.P99)}");
        if (result.Unsent > 0)
            console.MarkupLineInterpolated($"[red]{result.Unsent:N0} were never sent[/]: {result.Concurrency} were under way; allow more with --concurrency, or ask for less");
        if (result.Abandoned > 0)
            console.MarkupLineInterpolated($"[grey]{result.Abandoned:N0} were under way when it was cancelled[/]");
        if (result.WithoutPrediction > 0)
            console.MarkupLineInterpolated($"[yellow]{result.WithoutPrediction:N0} answers name no prediction[/]: they cannot be traced");
        if (result.Reconnects > 0)
            console.MarkupLineInterpolated($"[grey]{result.Reconnects:N0} connections were made again[/]");
        if (result.RowsLeftOut > 0)
            console.MarkupLineInterpolated($"[grey]{result.RowsLeftOut:N0} rows were not used: they lack a value of an input, or are recorded otherwise than they were sent[/]");
    }

    private static void PrintLatency(IAnsiConsole console, LoadResult result)
    {
        if (result.Latency.Count == 0)
            return;
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("latency").AddColumn(new TableColumn("from when due").RightAligned()).AddColumn(new TableColumn("from when sent").RightAligned());
        foreach (var (name, read) in Quantiles)
            table.AddRow(new Text(name), new Text(LoadCommandText.Latency(read(result.Latency))), new Text(LoadCommandText.Latency(read(result.UncorrectedLatency))));
        console.Write(table);
    }

    private static void PrintServerGroups(IAnsiConsole console, LoadResult result)
    {
        foreach (var group in result.ServerGroups)
            console.MarkupLineInterpolated($"{group.Share * 100:0.##} % by {(group.Name.Length == 0 ? "who does not say its name" : group.Name)}");
    }
}
