using Fairlead.Domain.Notices;

namespace Fairlead.Notices;

/// <summary>How the channels stand, and messages, newest first.</summary>
public sealed record NoticeList(IReadOnlyList<NoticeBacklog> Channels, IReadOnlyList<NoticeRecord> Notices);
