namespace Fairlead.Statistics.Evaluation;

/// <summary>Two models that predict a number for the same rows.</summary>
public static class RegressionComparison
{
    /// <summary><c>mae</c>, <c>rmse</c>, <c>r2</c> and <c>bias</c> (prediction minus truth).</summary>
    public static IReadOnlyList<MetricComparison> Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate, ReadOnlySpan<double> truth)
    {
        if (baseline.Length != candidate.Length || baseline.Length != truth.Length)
            throw new ArgumentException($"There are {baseline.Length} and {candidate.Length} predictions for {truth.Length} rows.", nameof(truth));
        var left = Errors(baseline, truth);
        var right = Errors(candidate, truth);
        var leftSquares = Array.ConvertAll(left, error => error * error);
        var rightSquares = Array.ConvertAll(right, error => error * error);
        return
        [
            PairedInterval.OfMeans("mae", Array.ConvertAll(left, Math.Abs), Array.ConvertAll(right, Math.Abs)),
            CompareRoots(leftSquares, rightSquares),
            CompareShares(leftSquares, rightSquares, Spread(truth)),
            PairedInterval.OfMeans("bias", left, right),
        ];
    }

    private static double[] Errors(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth)
    {
        var errors = new double[truth.Length];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = predictions[i] - truth[i];
        return errors;
    }

    private static MetricComparison CompareRoots(double[] left, double[] right)
    {
        var (leftMean, rightMean) = (Mean(left), Mean(right));
        var (leftRoot, rightRoot) = (Math.Sqrt(leftMean), Math.Sqrt(rightMean));
        var influences = new double[left.Length];
        for (var i = 0; i < influences.Length; i++)
            influences[i] = Slope(right[i] - rightMean, rightRoot) - Slope(left[i] - leftMean, leftRoot);
        return PairedInterval.OfInfluences("rmse", leftRoot, rightRoot, influences);

        // Without any error there is nothing that could vary.
        static double Slope(double deviation, double root) => root == 0 ? 0 : deviation / (2 * root);
    }

    // The spread of the truth is the same for both, and taken as given.
    private static MetricComparison CompareShares(double[] left, double[] right, double spread)
    {
        var (leftMean, rightMean) = (Mean(left), Mean(right));
        var influences = new double[left.Length];
        for (var i = 0; i < influences.Length; i++)
            influences[i] = (left[i] - leftMean - (right[i] - rightMean)) / spread;
        return PairedInterval.OfInfluences("r2", 1 - (leftMean / spread), 1 - (rightMean / spread), influences);
    }

    private static double Mean(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    // Mean squared distance from the mean; NaN when there is none, since no share of it can be explained.
    private static double Spread(ReadOnlySpan<double> truth)
    {
        var moments = new RunningMoments();
        foreach (var value in truth)
            moments.Add(value);
        var spread = moments.Variance * (moments.Count - 1) / moments.Count;
        return spread == 0 ? double.NaN : spread;
    }
}
