using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Commands;

/// <summary>Prints what a run, or the instances of a command service, print. The name tells which: that of a run ends with a number.</summary>
internal sealed class LogsCommand : CliCommand
{
    private static readonly Argument<string> Subject = new("run or server group") { Description = "Such as train-3, or briefing-prod-v003; 'fairlead runs' and 'fairlead status' list them." };
    private static readonly Option<int?> Instance = new("--instance") { Description = "Only this instance of a server group.", HelpName = "number" };
    private static readonly Option<int?> Lines = new("--lines", "-n") { Description = "Begin with so many lines from the end: 100 for a server group, all for a run.", HelpName = "count" };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on until the run has ended, or until Ctrl-C." };

    public LogsCommand()
        : base(
            "logs",
            "Print what a run, or the instances of a command service, print.",
            "fairlead logs train-3 --follow",
            "fairlead logs briefing-prod-v003",
            "fairlead logs briefing-prod-v003 --instance 2 --follow")
    {
        Arguments.Add(Subject);
        Options.Add(Instance);
        Options.Add(Lines);
        Options.Add(Follow);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        using var output = Console.OpenStandardOutput();
        await client.CopyAsync(PathOf(parse), output, cancellationToken);
        return ExitCodes.Success;
    }

    private static string PathOf(ParseResult parse)
    {
        var name = parse.GetRequiredValue(Subject);
        var follow = parse.GetValue(Follow) ? "true" : "false";
        var isRun = RunId.TryParse(name, out _);
        if (isRun && parse.GetValue(Instance) is not null)
            throw FairleadException.Invalid($"'{name}' is a run, which has no instances; leave out --instance.");
        var lines = parse.GetValue(Lines) is { } count ? $"&lines={count}" : isRun ? "" : "&lines=100";
        var instance = parse.GetValue(Instance) is { } number ? $"&instance={number}" : "";
        return isRun
            ? $"/api/runs/{Uri.EscapeDataString(name)}/log?follow={follow}{lines}"
            : $"/api/server-groups/{Uri.EscapeDataString(name)}/logs?follow={follow}{lines}{instance}";
    }
}
