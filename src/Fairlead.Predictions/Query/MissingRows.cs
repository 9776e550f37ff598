namespace Fairlead.Predictions.Query;

/// <summary>What an answer lacks, since its files are damaged: set aside, or left out of this query.</summary>
/// <param name="Rows">Of predictions and outcomes together.</param>
public readonly record struct MissingRows(int Files, long Rows)
{
    public static MissingRows operator +(MissingRows left, MissingRows right) => new(left.Files + right.Files, left.Rows + right.Rows);
}
