using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

internal sealed class FileLengthRule : IArchitectureRule
{
    public const int MaxLines = 500;

    public IEnumerable<string> Check(SourceTree tree) => tree.Files
        .Where(file => file.Lines > MaxLines)
        .Select(file => $"'{file.Path}' has {file.Lines} lines: split it, {MaxLines} is the wall.");
}
