using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists executions.</summary>
internal sealed class PipelineListCommand : CliCommand
{
    private static readonly Argument<string?> Pipeline = new("pipeline") { Description = "Only those of one pipeline.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Open = new("--open") { Description = "Only those that have not ended." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many at most. Default: 50.", DefaultValueFactory = _ => 50 };

    public PipelineListCommand()
        : base("list", "List executions, newest first.", "fairlead pipeline list", "fairlead pipeline list release --open --format json")
    {
        Arguments.Add(Pipeline);
        Options.Add(Open);
        Options.Add(Limit);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var pipeline = parse.GetValue(Pipeline) is { } name ? $"&pipeline={Uri.EscapeDataString(name)}" : "";
        return ListAsync(context, $"?limit={parse.GetValue(Limit)}&open={(parse.GetValue(Open) ? "true" : "false")}{pipeline}", cancellationToken);
    }

    public static async Task<int> ListAsync(CommandContext context, string query, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var executions = await client.GetAsync($"/api/executions{query}", PipelineJson.Default.IReadOnlyListExecutionSummary, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(executions, PipelineJson.Default.IReadOnlyListExecutionSummary);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("execution", "pipeline", "status", "stages", "now", "begun by", "begun");
        foreach (var execution in executions)
        {
            table.AddRow(
                new Text(execution.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(execution.Pipeline),
                new Text(PipelineText.Status(execution.Status, execution.IsPaused), PipelineText.Style(execution.Status)),
                new Text($"{execution.Settled}/{execution.Stages}"),
                new Text(Now(execution)),
                new Text($"{execution.Cause.By} ({execution.Cause.Kind}{(execution.Cause.Commit is { Length: > 10 } commit ? $" {execution.Cause.Ref} {commit[..10]}" : "")})"),
                new Text(PipelineText.Time(execution.CreatedAt)));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }

    private static string Now(ExecutionSummary execution) =>
        execution.Stalled ?? (execution.Judging.Count > 0 ? $"judgment of {string.Join(", ", execution.Judging)}" : execution.Active.Count > 0 ? string.Join(", ", execution.Active) : execution.Reason ?? "");
}
