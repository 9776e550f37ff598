namespace Fairlead.Statistics.Canary.Judging;

/// <summary>What a test says of a metric, before directions and sizes are considered.</summary>
/// <param name="Change">1 when the experiment is higher, -1 when it is lower, 0 when neither is shown.</param>
/// <param name="Low">Null when no interval can be given.</param>
/// <param name="Detectable">Null when no change would have been found in four of five cases.</param>
internal sealed record Finding(CanaryTest Test, int Change, double Estimate, double? Low, double? High, double Bound, double Level, double PValue, double? Detectable)
{
    /// <summary>True when no change shown means something.</summary>
    public bool IsEnough => Change != 0 || Detectable is not null;

    public bool IsBad(CanaryDirection direction) =>
        (Change > 0 && direction != CanaryDirection.Decrease) || (Change < 0 && direction != CanaryDirection.Increase);

    /// <summary>The finding of an interval: a change when it lies beyond a share of the estimate.</summary>
    public static Finding Of(CanaryTest test, Ranks.ShiftInterval shift, double level, double tolerance)
    {
        var bound = tolerance * Math.Abs(shift.Estimate);
        var change = shift.Low > bound ? 1 : shift.High < -bound ? -1 : 0;
        return new Finding(test, change, shift.Estimate, shift.Low, shift.High, bound, level, shift.PValue, shift.Detectable / (1 - tolerance));
    }
}
