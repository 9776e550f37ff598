using System.Text.Json;

namespace Fairlead.Sweeps.Spaces;

/// <summary>All that may be tried: a point has a place between 0 and 1 for each parameter.</summary>
internal sealed record SearchSpace(IReadOnlyList<SweptParameter> Parameters)
{
    /// <summary>How many different points there are; null when they cannot be counted, or hardly.</summary>
    public long? Count
    {
        get
        {
            var product = 1L;
            foreach (var parameter in Parameters)
            {
                if (parameter.Domain.Count is not { } count || product > long.MaxValue / count)
                    return null;
                product *= count;
            }

            return product;
        }
    }

    /// <returns>Values by label, in the order of the parameters.</returns>
    public IReadOnlyDictionary<string, JsonElement> ValuesAt(IReadOnlyList<double> point) => Values((parameter, index) => parameter.Domain.ValueAt(point[index]));

    /// <summary>The points in the order of nested loops: the last parameter changes fastest.</summary>
    /// <param name="index">From 0, less than <see cref="Count"/>.</param>
    public IReadOnlyDictionary<string, JsonElement> ValuesOf(long index)
    {
        var indexes = new long[Parameters.Count];
        for (var i = Parameters.Count - 1; i >= 0; i--)
            (index, indexes[i]) = Math.DivRem(index, Parameters[i].Domain.Count!.Value);
        return Values((parameter, i) => parameter.Domain.ValueOf(indexes[i]));
    }

    public double[] PointOf(IReadOnlyDictionary<string, JsonElement> values) => [.. Parameters.Select(parameter => parameter.Domain.UnitOf(values[parameter.Label]))];

    /// <summary>Equal for equal points, and for no others.</summary>
    public string Signature(IReadOnlyDictionary<string, JsonElement> values) => string.Join('\n', Parameters.Select(parameter => values[parameter.Label].GetRawText()));

    private OrderedDictionary<string, JsonElement> Values(Func<SweptParameter, int, JsonElement> valueOf)
    {
        var values = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var i = 0; i < Parameters.Count; i++)
            values.Add(Parameters[i].Label, valueOf(Parameters[i], i));
        return values;
    }
}
