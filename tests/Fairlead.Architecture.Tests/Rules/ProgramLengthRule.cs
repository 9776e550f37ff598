using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>The start-up story fits on a page, and nothing else composes.</summary>
internal sealed class ProgramLengthRule : IArchitectureRule
{
    public const int MaxLines = 80;

    public IEnumerable<string> Check(SourceTree tree) => tree.Files
        .Where(file => file.Name == "Program.cs" && file.Lines > MaxLines)
        .Select(file => $"'{file.Path}' has {file.Lines} lines: {MaxLines} at most, so move a chapter of the story to its feature.");
}
