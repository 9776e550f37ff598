using Fairlead.Identity.Users;

namespace Fairlead.Web.Pages.Views;

/// <summary>One user.</summary>
/// <param name="Tokens">How many of its tokens are taken.</param>
public sealed record UserRow(string Name, string Roles, string Groups, string Emails, int Tokens, TimeView? LastUsed, TimeView CreatedAt, string CreatedBy, string Status)
{
    public static UserRow Of(UserReport report, DateTimeOffset now)
    {
        var valid = report.User.RevokedAt is null ? report.Tokens.Count(token => token.IsValidAt(now)) : 0;
        return new UserRow(
            report.User.Name,
            string.Join(", ", report.User.Grants),
            string.Join(", ", report.User.Groups),
            string.Join(", ", report.User.Emails),
            valid,
            report.Tokens.Max(token => token.LastUsedAt) is { } used ? TimeView.Of(used, now) : null,
            TimeView.Of(report.User.CreatedAt, now),
            report.User.CreatedBy,
            report.User.RevokedAt is not null ? "revoked" : valid == 0 ? "no token" : "active");
    }
}
