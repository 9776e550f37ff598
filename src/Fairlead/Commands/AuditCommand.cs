using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists who changed what.</summary>
internal sealed class AuditCommand : CliCommand
{
    private const int DefaultLimit = 100;
    private static readonly Option<string?> Since = new("--since") { Description = "From then on: a time such as 2026-11-21 or 2026-11-21T10:00Z, or how long ago, such as 2h or 3d.", HelpName = "time" };
    private static readonly Option<string?> Who = new("--who") { Description = "Only what this one did.", HelpName = "name" };
    private static readonly Option<string?> What = new("--what") { Description = "Only this action, or with a dot at its end all that begin so: 'deployment.'.", HelpName = "action" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Entries at most.", DefaultValueFactory = _ => DefaultLimit, HelpName = "n" };

    public AuditCommand()
        : base(
            "audit",
            "Show who changed what, newest first.",
            "fairlead audit --since 3d",
            "fairlead audit --who ann --what deployment.",
            "fairlead audit verify",
            "fairlead audit export > audit.jsonl")
    {
        Options.Add(Since);
        Options.Add(Who);
        Options.Add(What);
        Options.Add(Limit);
        Subcommands.Add(new AuditExportCommand());
        Subcommands.Add(new AuditVerifyCommand());
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var path = $"/api/audit?limit={parse.GetValue(Limit)}";
        if (parse.GetValue(Since) is { } since)
            path += $"&since={Uri.EscapeDataString(TimeOf(since, context.Time.GetUtcNow()).ToString("O"))}";
        if (parse.GetValue(Who) is { } who)
            path += $"&who={Uri.EscapeDataString(who)}";
        if (parse.GetValue(What) is { } what)
            path += $"&what={Uri.EscapeDataString(what)}";
        using var client = context.Connect();
        var entries = await client.GetAsync(path, DomainJson.Default.IReadOnlyListAuditEntry, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(entries, DomainJson.Default.IReadOnlyListAuditEntry);
        else
            context.Out.Write(TableOf(entries));
        return ExitCodes.Success;
    }

    /// <exception cref="FairleadException">Invalid.</exception>
    internal static DateTimeOffset TimeOf(string text, DateTimeOffset now)
    {
        var unit = text.Length == 0 ? null : text[^1] switch { 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), 'd' => TimeSpan.FromDays(1), _ => (TimeSpan?)null };
        if (unit is { } one && uint.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, null, out var count) && count <= 36_500)
            return now - (one * count);
        return DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw FairleadException.Invalid($"'{text}' is no time; give one such as '2026-11-21T10:00Z', or how long ago, such as '30m', '2h' or '3d'.");
    }

    private static Table TableOf(IReadOnlyList<AuditEntry> entries)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("entry", "when", "who", "what", "to", "phase", "detail", "by way of");
        foreach (var entry in entries)
        {
            table.AddRow(
                new Text($"{entry.Number}"),
                new Text(entry.At.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
                new Text(entry.Who),
                new Text(entry.What),
                new Text(entry.Target),
                new Text(AuditChain.PhaseWord(entry.Phase), new Style(entry.Phase is AuditPhase.Failed or AuditPhase.Refused ? Color.Red : Color.Default)),
                new Text(entry.Detail ?? ""),
                new Text(entry.Via));
        }

        return table;
    }
}
