using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Tracing;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says where something came from, and what it reached.</summary>
internal sealed class TraceCommand : CliCommand
{
    private const string Tree = "tree";
    private const string OpenLineage = "openlineage";
    private static readonly Argument<string> Subject = new("subject")
    {
        Description = "A prediction's id, a dataset or model version (customers@2, or its digest), a run (train-3), a release (v004), a server group (late-prod-v002) or a commit; 'dataset:', 'model:', 'run:', 'release:', 'group:' or 'commit:' before it tells kinds apart.",
    };

    private static readonly Option<string?> Format = CreateFormat();

    private static readonly Option<int?> Depth = new("--depth") { Description = $"Steps away from it that are shown. Default: {LineageOptions.DefaultDepth}.", HelpName = "steps" };

    public TraceCommand()
        : base(
            "trace",
            "Say where a prediction came from, or what a dataset, a run, a model, a release or a commit reached.",
            "fairlead trace 0192f3c4-7a2b-7def-8123-456789a00000",
            "fairlead trace customers@2                 # models, releases, server groups, predictions",
            "fairlead trace train-3 --depth 2",
            "fairlead trace 4f2a9c1 --format json",
            "fairlead trace late-prod-v002 --format openlineage > events.ndjson")
    {
        Arguments.Add(Subject);
        Options.Add(Depth);
        Options.Add(Format);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var subject = parse.GetRequiredValue(Subject);
        var format = parse.GetValue(Format);
        if (format == OpenLineage)
            await Console.Out.WriteAsync((await client.GetTextAsync($"/api/openlineage?subject={Uri.EscapeDataString(subject)}", cancellationToken)).AsMemory(), cancellationToken);
        else if (PredictionId.TryParse(subject, out var prediction))
            await TracePredictionAsync(client, context, prediction, format == GlobalOptions.Json, cancellationToken);
        else
            await TraceLineageAsync(client, context, subject, parse.GetValue(Depth), format == GlobalOptions.Json, cancellationToken);
        return ExitCodes.Success;
    }

    private static Option<string?> CreateFormat()
    {
        var option = new Option<string?>("--format") { Description = "How it is told: tree (default), json, or openlineage for the events of everything in it, a line each." };
        option.AcceptOnlyFromAmong(Tree, GlobalOptions.Text, GlobalOptions.Json, OpenLineage);
        return option;
    }

    private static async Task TracePredictionAsync(Client.ApiClient client, CommandContext context, PredictionId id, bool isJson, CancellationToken cancellationToken)
    {
        var trace = await client.GetAsync($"/api/predictions/{id}/trace", TracingJson.Default.PredictionTrace, cancellationToken);
        if (isJson)
            CommandContext.WriteJson(trace, TracingJson.Default.PredictionTrace);
        else
            context.Out.Write(TraceTree.Create(trace));
    }

    private static async Task TraceLineageAsync(Client.ApiClient client, CommandContext context, string subject, int? depth, bool isJson, CancellationToken cancellationToken)
    {
        var lineage = await client.GetAsync($"/api/trace?subject={Uri.EscapeDataString(subject)}{(depth is null ? "" : $"&depth={depth}")}", TracingJson.Default.Lineage, cancellationToken);
        if (isJson)
            CommandContext.WriteJson(lineage, TracingJson.Default.Lineage);
        else
            TraceLineageTree.Print(context.Out, lineage);
    }
}
