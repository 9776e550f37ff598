using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>Namespace = project and folders, file-scoped.</summary>
internal sealed class NamespaceRule : IArchitectureRule
{
    public IEnumerable<string> Check(SourceTree tree)
    {
        foreach (var file in tree.Files.Where(file => file.IsCSharp))
        {
            var expected = string.Join('.', file.Folders);
            var actual = file.Code.FileScopedNamespace;
            var declaresSomething = file.Code.TopLevelTypes.Count > 0 || actual is not null || file.Code.TopLevel.Contains("namespace ", StringComparison.Ordinal);
            if (declaresSomething && actual != expected)
                yield return $"'{file.Path}' has the file-scoped namespace '{actual ?? "none"}': make it '{expected}'.";
        }
    }
}
