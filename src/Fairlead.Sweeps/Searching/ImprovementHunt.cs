using System.Text.Json;
using Fairlead.Sweeps.Gaussian;

namespace Fairlead.Sweeps.Searching;

/// <summary>Looks for the point from which most improvement is expected: everywhere, about the best ones, and then step by step uphill.</summary>
internal sealed class ImprovementHunt
{
    private const int Everywhere = 600;
    private const int AboutEach = 40;
    private const int Bests = 5;
    private const int Climbers = 4;
    private const int EnumeratedAtMost = 3000;

    /// <summary>How often a value without neighbours is drawn anew near a point.</summary>
    private const double ChangedShare = 0.2;
    private static readonly double[] Strides = [0.1, 0.03, 0.01, 0.003];
    private readonly SearchPlan plan;
    private readonly SpaceColumns columns;
    private readonly GaussianProcess process;
    private readonly HashSet<string> tried;
    private readonly List<double[]> bests;
    private readonly double least;
    private readonly Draws draws;

    /// <param name="points">What the process knows.</param>
    /// <param name="tried">What is not proposed again.</param>
    public ImprovementHunt(SearchPlan plan, SpaceColumns columns, GaussianProcess process, IReadOnlyList<double[]> points, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> tried)
    {
        (this.plan, this.columns, this.process) = (plan, columns, process);
        this.tried = tried.Select(plan.Space.Signature).ToHashSet(StringComparer.Ordinal);
        // What a value measured again would be, rather than the luckiest measurement.
        var means = points.Select(point => (Point: point, process.Predict(columns.Of(point)).Mean)).OrderBy(pair => pair.Mean).ToList();
        least = means[0].Mean;
        bests = [.. means.Take(Bests).Select(pair => pair.Point)];
        draws = new Draws(plan.Seed, (ulong)tried.Count);
    }

    /// <returns>Null when everything that was looked at has been tried.</returns>
    public IReadOnlyDictionary<string, JsonElement>? Find()
    {
        var starts = Candidates().Select(Judge).Where(candidate => candidate is not null).Select(candidate => candidate!).OrderByDescending(candidate => candidate.Score).Take(Climbers).ToList();
        return starts.Count == 0 ? null : starts.Select(Climb).MaxBy(candidate => candidate.Score)!.Values;
    }

    private IEnumerable<double[]> Candidates()
    {
        if (plan.Space.Count is { } count and <= EnumeratedAtMost)
            return Enumerable.Range(0, (int)count).Select(index => plan.Space.PointOf(plan.Space.ValuesOf(index)));
        return Enumerable.Range(0, Everywhere).Select(_ => draws.NextPoint(plan.Space.Parameters.Count)).Concat(AboutBest());
    }

    private IEnumerable<double[]> AboutBest() =>
        bests.SelectMany(best => Enumerable.Range(0, AboutEach).Select(i => Near(best, 2 * Strides[i % Strides.Length])));

    private double[] Near(double[] center, double reach)
    {
        var point = (double[])center.Clone();
        for (var i = 0; i < point.Length; i++)
        {
            if (plan.Space.Parameters[i].Domain.IsOrdered)
                point[i] = Math.Clamp(point[i] + (reach * draws.NextNormal()), 0, 1);
            else if (draws.NextUnit() < ChangedShare)
                point[i] = draws.NextUnit();
        }

        return point;
    }

    private Candidate Climb(Candidate start)
    {
        var best = start;
        foreach (var stride in Strides)
        {
            for (var dimension = 0; dimension < best.Point.Length; dimension++)
            {
                if (!plan.Space.Parameters[dimension].Domain.IsOrdered)
                    continue;
                foreach (var direction in (ReadOnlySpan<double>)[stride, -stride])
                {
                    while (Judge(Moved(best.Point, dimension, direction)) is { } moved && moved.Score > best.Score)
                        best = moved;
                }
            }
        }

        return best;
    }

    private static double[] Moved(double[] point, int dimension, double by)
    {
        var moved = (double[])point.Clone();
        moved[dimension] = Math.Clamp(moved[dimension] + by, 0, 1);
        return moved;
    }

    /// <summary>Null for what has been tried.</summary>
    private Candidate? Judge(double[] point)
    {
        var values = plan.Space.ValuesAt(point);
        if (tried.Contains(plan.Space.Signature(values)))
            return null;
        // Whole numbers and lists are judged where they are, not where they were drawn.
        var (mean, variance) = process.Predict(columns.Of(plan.Space.PointOf(values)));
        return new Candidate(point, values, ExpectedImprovement.Log(mean, variance, least));
    }

    private sealed record Candidate(double[] Point, IReadOnlyDictionary<string, JsonElement> Values, double Score);
}
