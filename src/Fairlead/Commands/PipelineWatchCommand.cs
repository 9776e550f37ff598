using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Follows an execution to its end: a table that changes on a terminal, else a line for each change of a stage.</summary>
internal sealed class PipelineWatchCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };

    public PipelineWatchCommand()
        : base("watch", "Follow an execution to its end; fails when it did not succeed.", "fairlead pipeline watch 7") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        return await WatchAsync(client, context, parse.GetValue(Number), cancellationToken);
    }

    public static async Task<int> WatchAsync(ApiClient client, CommandContext context, int number, CancellationToken cancellationToken)
    {
        var lines = client.StreamAsync($"/api/executions/{number}/watch", new UserBody(CommandContext.User), WebJson.Default.UserBody, cancellationToken);
        var isLive = context.Error.Profile.Capabilities is { Interactive: true, Ansi: true };
        var last = isLive && !context.IsJson
            ? await context.Error.Live(new Text("")).AutoClear(true).StartAsync(live => ReadAsync(
                lines,
                execution =>
                {
                    live.UpdateTarget(PipelineTable.Create(execution, context.Time.GetUtcNow()));
                    live.Refresh();
                },
                cancellationToken))
            : await ReadAsync(lines, new Teller(context.Error).Tell, cancellationToken);
        if (last is not { State.IsEnded: true } ended)
            throw FairleadException.Unavailable($"The control plane ended before the execution did; it goes on with it when it is up again, see 'fairlead pipeline watch {number}'.");
        PipelineShowCommand.Print(context, ended);
        return ended.State.Status == ExecutionStatus.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<Execution?> ReadAsync(IAsyncEnumerable<JsonElement> lines, Action<Execution> show, CancellationToken cancellationToken)
    {
        Execution? last = null;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            last = line.Deserialize(PipelineJson.Default.Execution);
            show(last!);
        }

        return last;
    }

    /// <summary>A line for each stage whose status changed.</summary>
    private sealed class Teller(IAnsiConsole console)
    {
        private readonly Dictionary<string, (StageStatus, int)> told = new(StringComparer.Ordinal);

        public void Tell(Execution execution)
        {
            foreach (var stage in execution.State.Stages.Where(stage => stage.Status != StageStatus.Waiting))
            {
                if (told.TryGetValue(stage.Name, out var known) && known == (stage.Status, stage.Attempt))
                    continue;
                told[stage.Name] = (stage.Status, stage.Attempt);
                console.WriteLine($"{PipelineText.Time(execution.State.At)} {PipelineText.Mark(stage.Status)} {stage.Name}: {stage.Status.ToString().ToLowerInvariant()} {stage.Error ?? stage.Note}".TrimEnd());
            }
        }
    }
}
