namespace Fairlead.Predictions.Keeping;

/// <summary>What one pass of retention removed.</summary>
/// <param name="Predictions">Rows that were older than their service keeps them.</param>
/// <param name="Outcomes">Outcomes of them.</param>
/// <param name="Files">Files that are no longer.</param>
public sealed record RetentionReport(long Predictions, long Outcomes, int Files)
{
    public static readonly RetentionReport Nothing = new(0, 0, 0);

    public static RetentionReport operator +(RetentionReport one, RetentionReport other) =>
        new(one.Predictions + other.Predictions, one.Outcomes + other.Outcomes, one.Files + other.Files);
}
