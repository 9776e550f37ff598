namespace Fairlead.Bench.Sweeping;

/// <summary>A function whose least value is known, and how it is measured.</summary>
/// <param name="Dimensions">Each parameter lies between the bounds.</param>
/// <param name="Least">The least value.</param>
/// <param name="Noise">Standard deviation of what is added when it is measured; it is judged without.</param>
internal sealed record TestFunction(string Name, IReadOnlyList<(double Low, double High)> Dimensions, double Least, double Noise, Func<IReadOnlyList<double>, double> Value)
{
    /// <summary>Three that searches are commonly held against: flat valleys with three equal ends, six dimensions with one deep basin among shallow ones, a bent valley under noise.</summary>
    public static IReadOnlyList<TestFunction> All { get; } =
    [
        new("Branin", [(-5, 10), (0, 15)], 0.397887, 0, Branin),
        new("Hartmann 6", [.. Enumerable.Repeat((0.0, 1.0), 6)], -3.32237, 0, Hartmann),
        new("Rosenbrock 4, noisy", [.. Enumerable.Repeat((-2.0, 2.0), 4)], 0, 5, Rosenbrock),
    ];

    private static double Branin(IReadOnlyList<double> x)
    {
        var bend = x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;
    }

    private static double Rosenbrock(IReadOnlyList<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Count; i++)
            sum += (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2);
        return sum;
    }

    private static double Hartmann(IReadOnlyList<double> x)
    {
        double[] heights = [1.0, 1.2, 3.0, 3.2];
        double[][] widths = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
        double[][] centers =
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ];
        return -Enumerable.Range(0, 4).Sum(i => heights[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => widths[i][j] * Math.Pow(x[j] - centers[i][j], 2))));
    }
}
