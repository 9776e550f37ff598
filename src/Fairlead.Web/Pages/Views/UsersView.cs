using Fairlead.Identity.Users;

namespace Fairlead.Web.Pages.Views;

/// <summary>All users.</summary>
public sealed record UsersView(IReadOnlyList<UserRow> Rows)
{
    public static UsersView Of(IReadOnlyList<UserReport> reports, DateTimeOffset now) => new([.. reports.Select(report => UserRow.Of(report, now))]);
}
