using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Shows one run.</summary>
internal sealed class ShowCommand : CliCommand
{
    private static readonly Argument<string> RunArgument = new("run") { Description = "Such as train-3." };
    private static readonly Option<bool> WithLog = new("--log") { Description = "Print the run's log and nothing else." };

    public ShowCommand()
        : base("show", "Show what a run did: parameters, metrics and curves, inputs, outputs, resources, tags, notes, key, log.", "fairlead show train-3", "fairlead show train-3 --log", "fairlead show train-3 --format json")
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
        {
            CommandContext.WriteJson(run, DomainJson.Default.Run);
            return ExitCodes.Success;
        }

        var curves = run.Curves is null ? [] : await client.GetAsync($"{path}/curves", DomainJson.Default.IReadOnlyListMetricCurve, cancellationToken);
        RunPrinter.Print(context.Out, run, curves, await client.GetAsync($"{path}/outputs", WebJson.Default.IReadOnlyListRunFile, cancellationToken));
        return ExitCodes.Success;
    }
}
