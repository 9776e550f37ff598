namespace Fairlead.Statistics.Experiments;

/// <summary>
/// The mixture sequential probability ratio test (Johari, Koomen, Pekelis and Walsh 2017): effects are taken to be drawn from a normal distribution with mean 0,
/// and the likelihood ratio against no effect stays below 1 / alpha for ever with probability 1 - alpha when there is none.
/// </summary>
/// <param name="Spread">Standard deviation of the effects, in the metric's unit.</param>
public readonly record struct MixtureTest(double Spread)
{
    /// <summary>The logarithm of the likelihood ratio against no effect.</summary>
    public double LogRatio(Contrast contrast)
    {
        var variance = contrast.StandardError * contrast.StandardError;
        var prior = Spread * Spread;
        return (0.5 * Math.Log(variance / (variance + prior))) + (prior * contrast.Estimate * contrast.Estimate / (2 * variance * (variance + prior)));
    }

    /// <summary>Always valid; of several looks the least counts.</summary>
    public double PValue(Contrast contrast) => Math.Min(1, Math.Exp(-LogRatio(contrast)));
}
