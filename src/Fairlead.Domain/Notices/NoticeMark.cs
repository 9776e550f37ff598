namespace Fairlead.Domain.Notices;

/// <summary>What was told of a thing so far.</summary>
/// <param name="Name">Such as <c>execution/7</c>.</param>
/// <param name="Document">JSON in the form of who follows it.</param>
public sealed record NoticeMark(string Name, string Document, DateTimeOffset At);
