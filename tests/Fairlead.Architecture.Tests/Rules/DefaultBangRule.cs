using System.Text.RegularExpressions;
using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>A member that must be set is <c>required</c>; <c>default!</c> only hides that it may not be.</summary>
internal sealed partial class DefaultBangRule : IArchitectureRule
{
    public IEnumerable<string> Check(SourceTree tree) => tree.Files
        .Where(file => file.IsCSharp || file.IsRazor)
        .Where(file => Pattern().IsMatch(file.IsCSharp ? file.Code.Code : file.Text))
        .Select(file => $"'{file.Path}' says 'default!': make the member required, or nullable.");

    [GeneratedRegex(@"\bdefault\s*(\([^)]*\))?\s*!(?!=)")]
    private static partial Regex Pattern();
}
