using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Identity;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the users.</summary>
internal sealed class UserListCommand() : CliCommand("list", "List the users with their roles, groups, addresses and tokens.", "fairlead user list", "fairlead user list --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var reports = await client.GetAsync("/api/users", IdentityJson.Default.IReadOnlyListUserReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(reports, IdentityJson.Default.IReadOnlyListUserReport);
            return ExitCodes.Success;
        }

        if (reports.Count == 0)
        {
            context.Out.WriteLine("There are no users yet: people are not told apart, and nothing asks for a role. Add the first, an admin, with 'fairlead user add NAME --role admin'.");
            return ExitCodes.Success;
        }

        var now = context.Time.GetUtcNow();
        var table = new Table { Border = TableBorder.Simple }.AddColumns("user", "roles", "groups", "e-mail", "tokens", "last used", "added");
        foreach (var (user, tokens) in reports)
        {
            table.AddRow(
                new Text(user.Name),
                new Text(user.RevokedAt is { } revoked ? $"revoked {revoked:yyyy-MM-dd}" : RolesText.Of(user.Grants)),
                new Text(string.Join(", ", user.Groups)),
                new Text(string.Join(", ", user.Emails)),
                new Text(string.Join(", ", tokens.Where(token => token.IsValidAt(now)).Select(token => token.ExpiresAt is { } end ? $"{token.Id} until {end:yyyy-MM-dd}" : token.Id))),
                new Text(tokens.Max(token => token.LastUsedAt)?.ToString("yyyy-MM-dd HH:mm'Z'") ?? ""),
                new Text($"{user.CreatedAt:yyyy-MM-dd} by {user.CreatedBy}"));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
