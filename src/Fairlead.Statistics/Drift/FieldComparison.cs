namespace Fairlead.Statistics.Drift;

/// <summary>Everything that is known of how one field differs between a reference and live rows.</summary>
public sealed record FieldComparison
{
    private const double Level = 0.01;

    /// <summary>Over the cells and the missing values.</summary>
    public required StabilityIndex Stability { get; init; }

    /// <summary>Over the same; base 2, 0 to 1.</summary>
    public required double JensenShannon { get; init; }

    /// <summary>Over the same; 0 to 1.</summary>
    public required double Hellinger { get; init; }

    /// <summary>Over the cells, without the missing values.</summary>
    public required HomogeneityTest ChiSquared { get; init; }

    /// <summary>Of numbers only.</summary>
    public DistanceTest? Distance { get; init; }

    /// <summary>Of numbers only, in standard deviations of the reference; null when all of its values are alike.</summary>
    public double? NormalisedWasserstein { get; init; }

    /// <summary>Rows without a value.</summary>
    public required ShareTest Missing { get; init; }

    /// <summary>Of numbers only: NaN and infinities.</summary>
    public ShareTest? NotFinite { get; init; }

    /// <summary>Of numbers only.</summary>
    public RangeTest? Range { get; init; }

    /// <summary>Of categories only: live rows with values that the reference lacks.</summary>
    public UnseenTest? New { get; init; }

    /// <summary>Of categories only: rows of the reference with values that are not live any more.</summary>
    public UnseenTest? Gone { get; init; }

    /// <summary>Upper ends of the cells of numbers; the last cell is what is above.</summary>
    public IReadOnlyList<double> Edges { get; init; } = [];

    /// <summary>Names of the cells of categories; the last cell is all others.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Rows by cell; what has no value, or no finite one, comes last.</summary>
    public required long[] ReferenceCells { get; init; }

    /// <inheritdoc cref="ReferenceCells"/>
    public required long[] LiveCells { get; init; }

    /// <summary>That any of the tests is as extreme as it is without drift; corrected for their number.</summary>
    public double PValue
    {
        get
        {
            // What is counted depends on both sides together only, never on how they differ: else the correction would be too small.
            double?[] tests =
            [
                ChiSquared.Degrees > 0 ? ChiSquared.PValue : null, Distance?.PValue, Range?.PValue, New?.PValue, Gone?.PValue,
                Missing.IsConstant ? null : Missing.PValue, NotFinite is { IsConstant: false } odd ? odd.PValue : null,
            ];
            return Math.Min(1, tests.Count(test => test is not null) * (tests.Min() ?? 1));
        }
    }

    /// <summary>
    /// The largest of the effects, as the root of a stability index beyond what is expected without drift: about by how many standard deviations a bell
    /// curve would have moved. 0.05 is hardly visible, 0.3 is what an index of 0.1 says, 0.5 is an index of 0.25.
    /// </summary>
    public double Effect
    {
        get
        {
            ReadOnlySpan<double> effects =
            [
                Stability.Excess, SurelyDiffers(Missing), NotFinite is { } odd ? SurelyDiffers(odd) : 0, Range is { PValue: < Level } range ? range.Effect : 0,
                New is { PValue: < Level } unseen ? unseen.Effect : 0, Gone is { PValue: < Level } gone ? gone.Effect : 0,
            ];
            var most = 0.0;
            foreach (var effect in effects)
                most = Math.Max(most, effect);
            return Math.Sqrt(most);
        }
    }

    // Of a difference that may be chance the size is chance too.
    private static double SurelyDiffers(ShareTest test) => test.PValue < Level ? test.Effect : 0;
}
