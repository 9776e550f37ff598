using Fairlead.Domain.Notices;

namespace Fairlead.Monitoring.Alerts;

/// <summary>A rule, how it stands, and what was told of it, newest first.</summary>
public sealed record AlertDetails(AlertReport Report, IReadOnlyList<NoticeRecord> Notices);
