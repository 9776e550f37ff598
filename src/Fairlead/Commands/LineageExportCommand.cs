using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Tracing.OpenLineage;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes or sends OpenLineage events.</summary>
internal sealed class LineageExportCommand : CliCommand
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly Option<string?> Since = new("--since") { Description = "What happened from then on: a time such as 2026-05-01T06:00Z, or how long ago, such as 7d. Default: everything.", HelpName = "time" };
    private static readonly Option<string?> Output = new("--output") { Description = "Writes the events to a file, a line each. Default: standard output.", HelpName = "file" };
    private static readonly Option<string?> Collector = new("--to") { Description = "Posts the events to a collector; FAIRLEAD_OPENLINEAGE_KEY is sent as a bearer token.", HelpName = "url" };

    public LineageExportCommand()
        : base(
            "export",
            "Tell runs, deployments and predictions as OpenLineage events.",
            "fairlead lineage export --output events.ndjson",
            "fairlead lineage export --since 24h --to http://localhost:5000/api/v1/lineage")
    {
        foreach (var option in new Option[] { Since, Output, Collector })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = parse.GetValue(Since) is { } since ? $"?since={Uri.EscapeDataString(ReplayCommand.Time("--since", since, context.Time.GetUtcNow()).ToString("O"))}" : "";
        var text = await client.GetTextAsync($"/api/openlineage{query}", cancellationToken);
        if (parse.GetValue(Collector) is { } url)
        {
            var sent = await SendAsync(context, CommandContext.ParseUrl(url, "a collector", "http://localhost:5000/api/v1/lineage"), text.Split('\n', StringSplitOptions.RemoveEmptyEntries), cancellationToken);
            context.Error.MarkupLineInterpolated($"{sent} events sent to {url}");
        }
        else if (parse.GetValue(Output) is { } path)
            await File.WriteAllTextAsync(path, text, cancellationToken);
        else
            await Console.Out.WriteAsync(text.AsMemory(), cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task<int> SendAsync(CommandContext context, Uri url, string[] events, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = CallLimit };
        if (Environment.GetEnvironmentVariable("FAIRLEAD_OPENLINEAGE_KEY") is { Length: > 0 } key)
            client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key);
        return await new OpenLineageSender(client, url, context.Time).SendAsync(events, cancellationToken);
    }
}
