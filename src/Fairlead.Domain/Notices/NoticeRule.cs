namespace Fairlead.Domain.Notices;

/// <summary>Who is told of what.</summary>
public sealed record NoticeRule
{
    /// <summary>Words of <see cref="NoticeEvents.Words"/>.</summary>
    public required IReadOnlyList<string> On { get; init; }

    /// <summary>Empty for all, and for events of no pipeline.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Empty for all stages.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Empty for all, and for events of no environment.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Names of channels.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>What is said; null for what is always said.</summary>
    public string? Template { get; init; }
}
