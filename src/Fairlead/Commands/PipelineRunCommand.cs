using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Planning;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Begins an execution.</summary>
internal sealed class PipelineRunCommand : CliCommand
{
    private static readonly Argument<string> Pipeline = new("pipeline") { Description = "Name of the pipeline." };
    private static readonly Option<string[]> Input = new("--input") { Description = "A value for it, as NAME=VALUE; again for each.", HelpName = "name=value" };
    private static readonly Option<string?> Commit = new("--commit") { Description = "Executes the project at a commit instead of as it is: pipeline, steps, scripts and release.", HelpName = "commit" };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Stays until it has ended, and fails when it did not succeed." };
    private static readonly Option<bool> Dry = new("--dry-run") { Description = "Says what would run, in order, and begins nothing." };

    public PipelineRunCommand()
        : base("run", "Begin an execution of a pipeline.", "fairlead pipeline run release --watch", "fairlead pipeline run rollout --input environment=prod --dry-run")
    {
        Arguments.Add(Pipeline);
        Options.Add(Input);
        Options.Add(Commit);
        Options.Add(Watch);
        Options.Add(Dry);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = await BodyAsync(client, parse.GetValue(Pipeline)!, parse.GetValue(Input) ?? [], cancellationToken) with { Commit = parse.GetValue(Commit) };
        if (parse.GetValue(Dry))
            return await PlanAsync(client, context, body, cancellationToken);
        var started = await client.PostAsync("/api/executions", body, WebJson.Default.ExecutionBody, WebJson.Default.ExecutionStartAnswer, cancellationToken);
        if (parse.GetValue(Watch))
            return await PipelineWatchCommand.WatchAsync(client, context, started.Number, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(started, WebJson.Default.ExecutionStartAnswer);
        else
            context.Out.WriteLine($"execution {started.Number} of '{body.Pipeline}' was begun; follow it with 'fairlead pipeline watch {started.Number}'");
        return ExitCodes.Success;
    }

    /// <summary>The order, with inputs of the types that the pipeline says.</summary>
    public static async Task<ExecutionBody> BodyAsync(ApiClient client, string name, IReadOnlyList<string> inputs, CancellationToken cancellationToken)
    {
        var pipelines = await client.GetAsync("/api/pipelines", PlanningJson.Default.IReadOnlyListPipelineOverview, cancellationToken);
        var pipeline = pipelines.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw FairleadException.NotFound($"There is no pipeline '{name}'; {NearestName.Hint(name, [.. pipelines.Select(candidate => candidate.Name)])}");
        return new ExecutionBody(name, PipelineInputs.Parse(inputs, pipeline), CommandContext.User);
    }

    public static async Task<int> PlanAsync(ApiClient client, CommandContext context, ExecutionBody body, CancellationToken cancellationToken)
    {
        var stages = await client.PostAsync("/api/executions/plan", body, WebJson.Default.ExecutionBody, PlanningJson.Default.IReadOnlyListPlannedStage, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(stages, PlanningJson.Default.IReadOnlyListPlannedStage);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("stage", "kind", "after", "when", "settings");
        foreach (var stage in stages)
            table.AddRow(new Text(stage.Name), new Text(stage.Kind), new Text(string.Join(", ", stage.After)), new Text(stage.When ?? ""), new Text(stage.Settings.GetRawText()));
        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
