using Fairlead.Domain.Models;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>Finds the rows of a chunk that can be scored together: none of their inputs is missing, and their lists are of one length.</summary>
internal static class RowGroups
{
    /// <param name="errors">For each row; those that are left out get theirs.</param>
    /// <returns>Numbers of rows, rising in each group.</returns>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<TensorSpec> specs, TensorColumn[] columns, IReadOnlyList<DuckDbColumn> arguments, string?[] errors)
    {
        var hasGaps = FindMissing(columns, arguments, errors);
        var variable = new List<int>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (!columns[i].IsList)
                continue;
            hasGaps |= FindMisfits(specs[i], columns[i], arguments[i], errors);
            if (specs[i].Shape.Skip(1).Any(dimension => dimension < 0))
                variable.Add(i);
        }

        var rows = Enumerable.Range(0, errors.Length);
        if (hasGaps)
            rows = rows.Where(row => errors[row] is null);
        return variable.Count == 0
            ? rows.ToArray() is { Length: > 0 } all ? [all] : []
            : [.. rows.GroupBy(row => string.Join(',', variable.Select(i => arguments[i].Range(row).Count))).Select(group => group.ToArray())];
    }

    private static bool FindMissing(TensorColumn[] columns, IReadOnlyList<DuckDbColumn> arguments, string?[] errors)
    {
        var found = false;
        for (var row = 0; row < errors.Length; row++)
        {
            var missing = 0;
            var first = -1;
            for (var i = 0; i < columns.Length; i++)
            {
                if (!arguments[i].IsNull(row))
                    continue;
                missing++;
                first = first < 0 ? i : first;
            }

            if (missing == 0)
                continue;
            found = true;
            errors[row] = missing == columns.Length && missing > 1 ? ScoringFunction.NoInputs : $"{ScoringFunction.MissingInput} '{columns[first].Name}'";
        }

        return found;
    }

    private static bool FindMisfits(TensorSpec spec, TensorColumn column, DuckDbColumn lists, string?[] errors)
    {
        // Negative when a dimension is variable: the elements are a multiple of it then.
        var perRow = spec.Shape.Skip(column.IsBatched ? 1 : 0).Aggregate(1L, (product, dimension) => dimension < 0 ? -Math.Abs(product) : product * dimension);
        var found = false;
        for (var row = 0; row < errors.Length; row++)
        {
            if (errors[row] is not null)
                continue;
            var (offset, count) = lists.Range(row);
            if (perRow >= 0 ? count == perRow : count % perRow == 0)
            {
                for (var i = offset; i < offset + count && errors[row] is null; i++)
                    errors[row] = lists.Children[0].IsNull(i) ? $"{ScoringFunction.MissingInput} '{column.Name}'" : null;
            }
            else
            {
                errors[row] = $"the input '{column.Name}' has {count} elements, and {Math.Abs(perRow)} are taken";
            }

            found |= errors[row] is not null;
        }

        return found;
    }
}
