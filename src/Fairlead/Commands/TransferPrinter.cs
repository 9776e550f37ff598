using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Carries transfers out one after the other, with a bar for each in a terminal and a line for each at its end.</summary>
internal static class TransferPrinter
{
    public static async Task<int> RunAsync(string path, string done, IReadOnlyList<string> names, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var ends = new List<TransferProgress>();
        if (context.Error.Profile.Capabilities.Interactive)
            await context.Error.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn())
                .StartAsync(bars => RunAllAsync(name => bars.AddTask(Markup.Escape(name))));
        else
            await RunAllAsync(static _ => null);
        if (context.IsJson)
            CommandContext.WriteJson(ends, WebJson.Default.ListTransferProgress);
        return ExitCodes.Success;

        async Task RunAllAsync(Func<string, ProgressTask?> begin)
        {
            foreach (var name in names)
            {
                var bar = begin(name);
                var end = await TransferAsync(client, path, name, now => Show(bar, now), cancellationToken);
                ends.Add(end);
                if (!context.IsJson)
                    context.Out.MarkupLineInterpolated($"{done} {end.Name}: {Sizes.Describe(end.TotalBytes)} in {end.TotalBlobs} blobs, of which {Sizes.Describe(end.Skipped)} were there already");
            }
        }
    }

    private static async Task<TransferProgress> TransferAsync(ApiClient client, string path, string name, Action<TransferProgress> show, CancellationToken cancellationToken)
    {
        TransferProgress? last = null;
        var body = new TransferBody(name, CommandContext.User);
        await foreach (var line in client.StreamAsync(path, body, WebJson.Default.TransferBody, cancellationToken))
            show(last = line.Deserialize(WebJson.Default.TransferProgress)!);
        return last is { } end && end.Blobs == end.TotalBlobs
            ? end
            : throw FairleadException.Unavailable($"The control plane ended before '{name}' was transferred; do it again once it is up: it goes on where it was.");
    }

    private static void Show(ProgressTask? bar, TransferProgress now)
    {
        if (bar is null)
            return;
        bar.MaxValue = Math.Max(1, now.TotalBytes);
        bar.Value = now.Bytes;
    }
}
