namespace Fairlead.Demo;

/// <summary>A query whose answer closes the story.</summary>
internal sealed record DemoQuestion(string Title, string Sql);
