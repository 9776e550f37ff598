namespace Fairlead.Statistics.Experiments;

/// <summary>An estimate of what differs between two arms, asymptotically normal.</summary>
/// <param name="Units">Of both arms together.</param>
public readonly record struct Contrast(double Estimate, double StandardError, long Units)
{
    /// <summary>Control means nearer to 0 than this many of their standard errors have no relative lift.</summary>
    private const double LeastRelativeMean = 3;

    public double Z => Estimate / StandardError;

    /// <summary>True when there is variation to judge by.</summary>
    public bool IsKnown => double.IsFinite(Estimate) && double.IsFinite(StandardError) && StandardError > 0;

    /// <summary>Treatment less control.</summary>
    public static Contrast Difference(ArmEstimate control, ArmEstimate treatment) => Linear(control, treatment, 1, 0);

    /// <summary>Treatment less control, as a share of the control (delta method); null when the control is not clearly different from 0.</summary>
    public static Contrast? Lift(ArmEstimate control, ArmEstimate treatment)
    {
        if (!(Math.Abs(control.Mean) > LeastRelativeMean * Math.Sqrt(control.MeanVariance)))
            return null;
        var ratio = treatment.Mean / control.Mean;
        var variance = (treatment.MeanVariance + (ratio * ratio * control.MeanVariance)) / (control.Mean * control.Mean);
        // A share of what is negative: a treatment above it is still a rise.
        return new Contrast((treatment.Mean - control.Mean) / Math.Abs(control.Mean), Math.Sqrt(variance), control.Units + treatment.Units);
    }

    /// <summary>Treatment less <paramref name="factor"/> times control less <paramref name="offset"/>: at most 0 exactly when the treatment is at most that.</summary>
    public static Contrast Linear(ArmEstimate control, ArmEstimate treatment, double factor, double offset) => new(
        treatment.Mean - (factor * control.Mean) - offset,
        Math.Sqrt(treatment.MeanVariance + (factor * factor * control.MeanVariance)),
        control.Units + treatment.Units);
}
