using System.Globalization;
using System.Text;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Datasets.Inspecting;

/// <summary>Tells people what of a dataset is not as expected: a sentence, then a block for each condition with the first rows that do not meet it.</summary>
internal static class FailureText
{
    private const int MostShown = 10;
    private const int MostColumns = 8;
    private const int Width = 24;

    public static string Of(DatasetDefinition dataset, IReadOnlyList<DatasetFailure> failures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The dataset '{dataset.Name}' is not as the project file expects, so that no step begins; correct the data at '{dataset.Source}', or `expect` and `schema`.");
        foreach (var failure in failures.Take(MostShown))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {(failure.Condition.Length == 0 ? "" : $"'{failure.Condition}': ")}{failure.Message}");
            AddExamples(text, failure);
        }

        if (failures.Count > MostShown)
            text.Append(CultureInfo.InvariantCulture, $"\n  and {failures.Count - MostShown} more.");
        return text.ToString();
    }

    private static void AddExamples(StringBuilder text, DatasetFailure failure)
    {
        if (failure.Examples.Count == 0)
            return;
        // Columns that the condition speaks of say most.
        var shown = failure.Columns.Select((name, index) => (name, index))
            .OrderBy(column => failure.Condition.Contains(column.name, StringComparison.OrdinalIgnoreCase) ? 0 : 1).Take(MostColumns).ToList();
        var lines = failure.Examples.Select(row => shown.Select(column => Cell(row[column.index])).ToList()).Prepend([.. shown.Select(column => Cell(column.name))]).ToList();
        var widths = shown.Select((_, index) => lines.Max(line => line[index].Length)).ToList();
        foreach (var line in lines)
            text.Append("\n    ").Append(string.Join("  ", line.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd());
    }

    private static string Cell(string? value)
    {
        if (value is null)
            return "null";
        var line = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= Width ? line : line[..(Width - 1)] + "…";
    }
}
