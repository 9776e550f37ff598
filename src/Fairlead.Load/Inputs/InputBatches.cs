using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>Lays rows out as requests of a service: a column for each input, so many rows to a request.</summary>
internal sealed class InputBatches
{
    private readonly string service;
    private readonly IReadOnlyList<TensorSpec> inputs;
    private readonly int[] columns;
    private readonly int unitColumn;
    private readonly LoadRows rows;

    /// <exception cref="FairleadException">Invalid: an input has no column, or there is no such unit column.</exception>
    public InputBatches(string service, IReadOnlyList<TensorSpec> inputs, LoadRows rows, string? unit)
    {
        this.service = service;
        this.inputs = inputs;
        this.rows = rows;
        columns = [.. inputs.Select(input => rows.IndexOf(input.Name, $"the input '{input.Name}' ({input.Type.WireName()}) of '{service}'"))];
        unitColumn = unit is null ? -1 : rows.IndexOf(unit, "the unit");
    }

    /// <summary>Rows that lack a value of an input, and were left out: a model takes no missing values.</summary>
    public int LeftOut { get; private set; }

    /// <param name="rowsPerRequest">1 or more. When there are fewer rows they are repeated; what is left over at the end makes no request.</param>
    /// <exception cref="FairleadException">Invalid: no rows, a value that does not fit its input, an input that takes no batch, a unit that no header can carry.</exception>
    public IReadOnlyList<InputBatch> Build(int rowsPerRequest)
    {
        var usable = rows.Rows.Where(row => columns.All(column => row[column].ValueKind != JsonValueKind.Null)).ToList();
        LeftOut = rows.Rows.Count - usable.Count;
        if (usable.Count == 0)
            throw FairleadException.Invalid(LeftOut == 0 ? "The data has no rows; choose data that has some." : $"All {LeftOut} rows lack a value for an input of '{service}', and a model takes no missing values; choose data that has them.");
        var count = Math.Max(1, usable.Count / rowsPerRequest);
        return [.. Enumerable.Range(0, count).Select(i => BuildOne([.. Enumerable.Range(i * rowsPerRequest, rowsPerRequest).Select(row => usable[row % usable.Count])]))];
    }

    private InputBatch BuildOne(IReadOnlyList<JsonElement> batch) =>
        new([.. inputs.Select((input, i) => BuildTensor(input, columns[i], batch))], unitColumn < 0 ? null : RowUnit.Of(batch[0][unitColumn]));

    private InputTensor BuildTensor(TensorSpec input, int column, IReadOnlyList<JsonElement> batch)
    {
        var elements = new List<object>(batch.Count);
        foreach (var row in batch)
            Append(elements, input, row[column]);
        return new InputTensor(input.Name, input.Type, FindShape(input, batch.Count, elements.Count), elements);
    }

    /// <summary>A list is a row of several elements, nested or not.</summary>
    private static void Append(List<object> elements, TensorSpec input, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            elements.Add(InputValue.Convert(input.Name, input.Type, value));
            return;
        }

        foreach (var element in value.EnumerateArray())
            Append(elements, input, element);
    }

    private static long[] FindShape(TensorSpec input, int rowCount, int elementCount)
    {
        var shape = input.Shape.ToArray();
        if (shape.Length > 0 && shape[0] < 0)
            shape[0] = rowCount;
        else if (rowCount > 1)
            throw FairleadException.Invalid($"The input '{input.Name}' takes no batch; send one row per request.");
        var fixedCount = shape.Where(dimension => dimension >= 0).Aggregate(1L, (product, dimension) => product * dimension);
        var open = Array.FindIndex(shape, dimension => dimension < 0);
        if (open >= 0 && Array.FindIndex(shape, open + 1, dimension => dimension < 0) >= 0)
            throw FairleadException.Invalid($"The input '{input.Name}' has several variable dimensions in a row, which a column cannot tell apart.");
        if (open >= 0 && fixedCount > 0)
        {
            shape[open] = elementCount / fixedCount;
            fixedCount *= shape[open];
        }

        return fixedCount == elementCount
            ? shape
            : throw FairleadException.Invalid($"The column '{input.Name}' holds {elementCount} elements for {rowCount} {(rowCount == 1 ? "row" : "rows")}, which do not fill the input's shape [{string.Join(", ", input.Shape)}].");
    }
}
