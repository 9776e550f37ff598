using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>Folders carry the words of the domain; a drawer for the rest collects what nobody looks for there.</summary>
internal sealed class FolderNameRule : IArchitectureRule
{
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase) { "Common", "Util", "Utils", "Utilities", "Helper", "Helpers", "Shared", "Misc" };

    public IEnumerable<string> Check(SourceTree tree) => tree.Files
        .SelectMany(file => file.Folders.Select((_, depth) => string.Join('/', file.Folders.Take(depth + 1))))
        .Distinct()
        .Where(folder => folder.Split('/')[^1].Split('.').Any(Refused.Contains))
        .Select(folder => $"'{folder}' is a drawer: name the folder for the feature.");
}
