using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one run.</summary>
internal sealed class ShowCommand : CliCommand
{
    private static readonly Argument<string> RunArgument = new("run") { Description = "Such as train-3." };
    private static readonly Option<bool> WithLog = new("--log") { Description = "Print the run's log and nothing else." };

    public ShowCommand()
        : base("show", "Show what a run did: parameters, metrics, inputs, outputs, key, log.", "fairlead show train-3", "fairlead show train-3 --log", "fairlead show train-3 --format json")
    {
        Arguments.Add(RunArgument);
        Options.Add(WithLog);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/runs/{Uri.EscapeDataString(parse.GetRequiredValue(RunArgument))}";
        if (parse.GetValue(WithLog))
        {
            var log = await client.GetTextAsync($"{path}/log", cancellationToken);
            if (context.IsJson)
                CommandContext.WriteJson(new RunLog(parse.GetRequiredValue(RunArgument), log), CommandJson.Default.RunLog);
            else
                Console.Out.Write(log);
            return ExitCodes.Success;
        }

        var run = await client.GetAsync(path, DomainJson.Default.Run, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(run, DomainJson.Default.Run);
        else
            Print(context.Out, run);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, Run run)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Add("run", $"{run.Id}  {RunStatusText.Of(run.Status)}");
        Add("error", run.Error);
        Add("commit", run.Commit.Short + (run.Commit.Branch is { } branch ? $" on {branch}" : ""));
        Add("command", run.Command);
        Add("started", $"{run.StartedAt:yyyy-MM-dd HH:mm:ss'Z'} by {run.StartedBy} on {run.Machine}");
        Add("took", run.FinishedAt is { } end ? $"{(end - run.StartedAt).TotalSeconds:0.00} s" + (run.CpuSeconds is { } cpu ? $", {cpu:0.00} s of CPU" : "") + (run.PeakMemoryBytes is { } peak ? $", {Sizes.Describe(peak)} at most" : "") : null);
        Add("exit code", run.ExitCode?.ToString());
        Add("sandbox", run.Sandbox);
        foreach (var (name, value) in run.Parameters)
            Add("parameter", $"{name} = {value.GetRawText()}");
        foreach (var (name, value) in run.Metrics)
            Add("metric", $"{name} = {value}");
        foreach (var input in run.Inputs)
            Add("input", $"{input.Name} < {input.Source}{Origin(input)}  {input.Artifact.Digest.Short}, {Sizes.Describe(input.Artifact.Size)}");
        foreach (var output in run.Outputs)
            Add("output", $"{output.Name}  {output.Artifact.Digest.Short}, {Sizes.Describe(output.Artifact.Size)}");
        Add("key", run.Key.ToString());
        console.Write(grid);

        void Add(string label, string? value)
        {
            if (value is not null)
                grid.AddRow(new Text(label, new Style(Color.Grey)), new Text(value));
        }
    }

    private static string Origin(RunInput input) =>
        input.Run is { } run ? $" ({run})" : input.DatasetNumber is { } number ? $" (version {number})" : "";
}
