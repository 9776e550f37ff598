using System.Text.Json;

namespace Fairlead.Domain.Notices;

/// <summary>What is said, before it is written as a channel wants it.</summary>
public sealed record NoticeContent
{
    public required string Project { get; init; }

    public NoticeLevel Level { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>A template over the fields.</summary>
    public required string Template { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Absolute; null for none.</summary>
    public string? Link { get; init; }

    public JsonElement? Data { get; init; }
}
