using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Searching;

/// <summary>Points of a space as rows of numbers: a column for each parameter, and for one whose values have no order a column for each value.</summary>
internal sealed class SpaceColumns
{
    /// <summary>Two values without an order are as far from one another as the ends of a range.</summary>
    private static readonly double Half = Math.Sqrt(0.5);
    private readonly SearchSpace space;

    public SpaceColumns(SearchSpace space)
    {
        this.space = space;
        Groups = [.. space.Parameters.SelectMany((parameter, index) => Enumerable.Repeat(index, WidthOf(parameter)))];
    }

    /// <summary>For each column, the index of its parameter.</summary>
    public int[] Groups { get; }

    public double[] Of(IReadOnlyList<double> point)
    {
        var row = new double[Groups.Length];
        var column = 0;
        for (var i = 0; i < space.Parameters.Count; i++)
        {
            var width = WidthOf(space.Parameters[i]);
            if (width == 1)
                row[column] = point[i];
            else
                row[column + (int)Math.Clamp(Math.Floor(point[i] * width), 0, width - 1)] = Half;
            column += width;
        }

        return row;
    }

    private static int WidthOf(SweptParameter parameter) => parameter.Domain.IsOrdered ? 1 : (int)parameter.Domain.Count!.Value;
}
