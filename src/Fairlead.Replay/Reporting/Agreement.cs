namespace Fairlead.Replay.Reporting;

/// <summary>In how many rows all outputs agree.</summary>
/// <param name="Rows">Rows with a recorded and a replayed answer.</param>
/// <param name="Within">Rows whose numbers differ by no more than the tolerance, and whose other values are the same.</param>
/// <param name="Identical">Rows whose values are all the same.</param>
public sealed record Agreement(long Rows, long Within, long Identical)
{
    /// <summary>Null without rows.</summary>
    public double? Share => Rows == 0 ? null : Within / (double)Rows;

    /// <inheritdoc cref="Share"/>
    public double? IdenticalShare => Rows == 0 ? null : Identical / (double)Rows;
}
