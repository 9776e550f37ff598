using System.Text.Json;

namespace Fairlead.Domain.Notices;

/// <summary>Something happened that people may want to be told of.</summary>
public sealed record NoticeDraft
{
    /// <summary>The same for the same happening: what was noted under it before is not noted again.</summary>
    public required string Key { get; init; }

    /// <summary>A word of <see cref="NoticeEvents"/>.</summary>
    public required string Event { get; init; }

    /// <summary>What it is about, such as <c>execution/7</c>.</summary>
    public required string Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>By the names of <see cref="NoticeFields"/>; <see cref="NoticeFields.Message"/> is what is said below the title.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public string? Pipeline { get; init; }

    public string? Stage { get; init; }

    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Path below the control plane where more is said; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>For programs; null for the fields alone.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Names of channels that are told whatever the rules say; empty leaves it to them.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>True to be kept although nobody is told.</summary>
    public bool IsKept { get; init; }
}
