using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>The product knows nothing of the example's subject: another project works the same.</summary>
internal sealed class ExampleNameRule : IArchitectureRule
{
    private const string Subject = "flight";

    public IEnumerable<string> Check(SourceTree tree)
    {
        foreach (var file in tree.Files)
        {
            if (file.Path.Contains(Subject, StringComparison.OrdinalIgnoreCase))
                yield return $"'{file.Path}' is named for the example: name it for what the product knows.";
            var line = 0;
            foreach (var text in file.Text.Split('\n'))
            {
                line++;
                if (text.Contains(Subject, StringComparison.OrdinalIgnoreCase))
                    yield return $"'{file.Path}' line {line} mentions the example ('{text.Trim()}'): say it without.";
            }
        }
    }
}
