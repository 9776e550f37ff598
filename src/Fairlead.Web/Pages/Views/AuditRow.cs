using Fairlead.Domain.Identity;

namespace Fairlead.Web.Pages.Views;

/// <summary>One entry of the audit log.</summary>
public sealed record AuditRow(AuditEntry Entry, TimeView At)
{
    public static AuditRow Of(AuditEntry entry, DateTimeOffset now) => new(entry, TimeView.Of(entry.At, now));
}
