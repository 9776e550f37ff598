namespace Fairlead.ProjectFile.Editing;

/// <param name="KeySpan">Of the key alone, without the colon.</param>
internal sealed record SpanEntry(string Key, Span KeySpan, SpanNode Value);
