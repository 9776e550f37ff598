using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Replay;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the replays.</summary>
internal sealed class ReplayListCommand : CliCommand
{
    private static readonly Argument<string?> Service = new("service") { Description = "Only those of one service.", Arity = ArgumentArity.ZeroOrOne };

    public ReplayListCommand()
        : base("list", "List the replays, newest first.", "fairlead replay list", "fairlead replay list late --format json") =>
        Arguments.Add(Service);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = parse.GetValue(Service) is { } service ? $"?service={Uri.EscapeDataString(service)}" : "";
        var replays = await client.GetAsync($"/api/replays{query}", ReplayJson.Default.IReadOnlyListReplayRecord, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(replays, ReplayJson.Default.IReadOnlyListReplayRecord);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("replay", "status", "service", "from", "through", "rows", "agree", "started");
        foreach (var replay in replays)
        {
            table.AddRow(
                new Text(replay.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(replay.Status.ToString().ToLowerInvariant()),
                new Text(replay.Order.Service),
                new Text(replay.Order.From),
                new Text(replay.Target.Label),
                new Text(replay.Plan.Rows.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(replay.Metrics.TryGetValue("replay.agreement", out var share) ? (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : ""),
                new Text(replay.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
