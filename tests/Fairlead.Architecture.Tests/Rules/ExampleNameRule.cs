using System.Text.RegularExpressions;
using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>The product knows nothing of the example's subject: another project works the same.</summary>
internal sealed class ExampleNameRule : IArchitectureRule
{
    // Requests in flight are no business of the example's.
    private static readonly Regex Subject = new("(?<!in[-_ ]?)flight", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public IEnumerable<string> Check(SourceTree tree)
    {
        foreach (var file in tree.Files)
        {
            if (Subject.IsMatch(file.Path))
                yield return $"'{file.Path}' is named for the example: name it for what the product knows.";
            var line = 0;
            foreach (var text in file.Text.Split('\n'))
            {
                line++;
                if (Subject.IsMatch(text))
                    yield return $"'{file.Path}' line {line} mentions the example ('{text.Trim()}'): say it without.";
            }
        }
    }
}
