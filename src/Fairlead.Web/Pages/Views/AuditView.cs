using Fairlead.Domain.Identity;

namespace Fairlead.Web.Pages.Views;

/// <summary>A page of the audit log, newest first. What is looked for is in its address.</summary>
/// <param name="OlderPath">The page after this one, or null on the last.</param>
public sealed record AuditView(IReadOnlyList<AuditRow> Rows, string Who, string What, string? OlderPath)
{
    public const int Shown = 100;

    public static AuditView Of(IReadOnlyList<AuditEntry> entries, AuditFilter filter, DateTimeOffset now) =>
        new([.. entries.Select(entry => AuditRow.Of(entry, now))], filter.Who ?? "", filter.What ?? "", entries.Count < Shown ? null : PagePaths.AuditBefore(filter, entries[^1].Number));
}
