namespace Fairlead.ProjectFile.Editing;

/// <summary>A value of the file and where it is written.</summary>
internal sealed record SpanNode
{
    /// <summary>Of what is written; of a value in block style up to its last character that is no blank.</summary>
    public required Span Span { get; init; }

    /// <summary>Nothing is written where a value could be.</summary>
    public bool IsEmpty => Span.Start == Span.End;

    /// <summary>Written between braces or brackets, in quotes or as a word: it can be replaced where it is.</summary>
    public required bool IsInline { get; init; }

    /// <summary>It has a name that others may refer to, or is such a reference.</summary>
    public required bool IsAnchored { get; init; }

    /// <summary>Of a map; null for everything else.</summary>
    public IReadOnlyList<SpanEntry>? Entries { get; init; }
}
