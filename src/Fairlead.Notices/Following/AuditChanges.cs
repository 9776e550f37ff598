using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Following;

/// <summary>What there is to tell of an entry of the audit log about users and secrets.</summary>
internal static class AuditChanges
{
    public static Followed Of(AuditEntry entry)
    {
        if (entry.Phase == AuditPhase.Began || (entry.Phase != AuditPhase.Done && entry.What != "sign-in.blocked"))
            return Followed.Nothing;
        return new Followed(
            [
                new NoticeDraft
                {
                    // An action has several entries; it is told once.
                    Key = $"audit/{entry.Cause ?? entry.Number}",
                    Event = NoticeEvents.AdminChanged,
                    Subject = $"audit/{entry.Number}",
                    At = entry.At,
                    Title = $"{entry.Who}: {entry.What}",
                    Fields = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [NoticeFields.Message] = $"{entry.Who} did {entry.What} to {entry.Target} by {entry.Via}{(entry.Detail is { Length: > 0 } detail ? $": {detail}" : ".")}",
                        [NoticeFields.By] = entry.Who,
                        [NoticeFields.Action] = entry.What,
                        [NoticeFields.Target] = entry.Target,
                        [NoticeFields.Status] = entry.Phase.ToString().ToLowerInvariant(),
                    },
                    Path = "/audit",
                },
            ],
            null);
    }
}
