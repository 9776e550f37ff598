namespace Trainer;

/// <summary>What the training found.</summary>
/// <param name="Values">By position in <paramref name="Weights"/>; the distance's weight is per <see cref="DistanceUnit"/> miles.</param>
/// <param name="LogLoss">Mean over the training flights, without the penalty.</param>
/// <param name="Iterations">Newton steps taken.</param>
internal sealed record LogisticFit(Weights Weights, double[] Values, double LogLoss, int Iterations)
{
    /// <summary>Distances are counted in this many miles, so that their weight is of the size of the others and the penalty treats it alike.</summary>
    public const double DistanceUnit = 1000;
}
