using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Golden;

/// <summary>Which columns of golden rows are asked with, and which say what is to be answered.</summary>
/// <param name="Inputs">The rows, with the columns of inputs named as the service names them.</param>
/// <param name="Outputs">By the name of the output, the column.</param>
internal sealed record GoldenColumns(LoadRows Inputs, IReadOnlyDictionary<string, int> Outputs)
{
    private const string InputPrefix = "input.";
    private static readonly string[] OutputPrefixes = ["output.", "expected."];

    /// <exception cref="FairleadException">Invalid: a column names an output that the service has not, or none names one.</exception>
    public static GoldenColumns Find(GoldenOrder order, ServiceDescription service)
    {
        var inputs = service.Inputs.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var outputs = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        for (var column = 0; column < order.Rows.Columns.Count; column++)
        {
            var name = order.Rows.Columns[column];
            names.Add(name.StartsWith(InputPrefix, StringComparison.Ordinal) ? name[InputPrefix.Length..] : name);
            if (OutputOf(name, inputs, service.Outputs, order) is { } output)
                outputs[output] = column;
        }

        if (outputs.Count == 0)
            throw FairleadException.Invalid($"'{order.Data}' does not say what is to be answered: no column is named like an output of '{order.Target.Service}', which are {string.Join(", ", service.Outputs.Select(tensor => tensor.Name))}.");
        return new GoldenColumns(order.Rows with { Columns = names }, outputs);
    }

    private static string? OutputOf(string column, HashSet<string> inputs, IReadOnlyList<TensorSpec> outputs, GoldenOrder order)
    {
        if (OutputPrefixes.FirstOrDefault(prefix => column.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
        {
            var name = column[prefix.Length..];
            return outputs.Any(tensor => tensor.Name == name)
                ? name
                : throw FairleadException.Invalid($"'{order.Data}' expects '{name}', which '{order.Target.Service}' does not answer; {NearestName.Hint(name, [.. outputs.Select(tensor => tensor.Name)])}");
        }

        return !inputs.Contains(column) && outputs.Any(tensor => tensor.Name == column) ? column : null;
    }
}
