using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

internal sealed class OneTypePerFileRule : IArchitectureRule
{
    public IEnumerable<string> Check(SourceTree tree) => tree.Files
        .Where(file => file.IsCSharp && file.Code.TopLevelTypes.Count > 1)
        .Select(file => $"'{file.Path}' declares {string.Join(", ", file.Code.TopLevelTypes.Select(type => $"'{type}'"))}: give each type its file.");
}
