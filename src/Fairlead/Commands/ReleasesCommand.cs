using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the releases.</summary>
internal sealed class ReleasesCommand()
    : CliCommand("releases", "List the releases, newest first.", "fairlead releases")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var releases = await client.GetAsync("/api/releases", DomainJson.Default.IReadOnlyListRelease, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(releases, DomainJson.Default.IReadOnlyListRelease);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("release", "commit", "created", "by", "services");
        foreach (var release in releases)
        {
            table.AddRow(
                new Text(release.Name.ToString()),
                new Text(release.Commit.Short),
                new Text(release.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
                new Text(release.CreatedBy),
                new Text(string.Join(", ", release.Services.Select(s => $"{s.Name} ({s.Describe()})"))));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
