using Fairlead.Domain.Notices;

namespace Fairlead.Domain.Projects;

/// <summary>Who is told of what, and how.</summary>
public sealed record NotifyDefinition
{
    /// <summary>Under which people reach the control plane; null for the address on which it listens.</summary>
    public string? Url { get; init; }

    public required IReadOnlyList<ChannelDefinition> Channels { get; init; }

    /// <summary>Those of stages first, then of pipelines, then of the project: for each channel the first one that fits holds.</summary>
    public IReadOnlyList<NoticeRule> Rules { get; init; } = [];
}
