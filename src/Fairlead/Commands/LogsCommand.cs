using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Prints what the instances of a command service print.</summary>
internal sealed class LogsCommand : CliCommand
{
    private static readonly Argument<string> ServerGroup = new("server group") { Description = "Such as briefing-prod-v003; 'fairlead status' lists them." };
    private static readonly Option<int?> Instance = new("--instance") { Description = "Only this instance.", HelpName = "number" };
    private static readonly Option<int> Lines = new("--lines", "-n") { Description = "Begin with so many lines from the end.", HelpName = "count", DefaultValueFactory = _ => 100 };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on until Ctrl-C." };

    public LogsCommand()
        : base(
            "logs",
            "Print what the instances of a command service print.",
            "fairlead logs briefing-prod-v003",
            "fairlead logs briefing-prod-v003 --instance 2 --follow")
    {
        Arguments.Add(ServerGroup);
        Options.Add(Instance);
        Options.Add(Lines);
        Options.Add(Follow);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var instance = parse.GetValue(Instance) is { } number ? $"&instance={number}" : "";
        var follow = parse.GetValue(Follow) ? "true" : "false";
        var path = $"/api/server-groups/{Uri.EscapeDataString(parse.GetRequiredValue(ServerGroup))}/logs?lines={parse.GetValue(Lines)}&follow={follow}{instance}";
        using var output = Console.OpenStandardOutput();
        await client.CopyAsync(path, output, cancellationToken);
        return ExitCodes.Success;
    }
}
